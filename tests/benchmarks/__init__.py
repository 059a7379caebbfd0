"""What is measured by its own command, never inside a test, beside what `verbatim eval` and `verbatim calibrate` do.

python -m tests.benchmarks.speed                     start, time per question, memory
python -m tests.benchmarks.glosses CODE              questions in another language, answered as in English or not
"""
