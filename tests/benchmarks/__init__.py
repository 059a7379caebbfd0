"""What is measured by its own command, never inside a test: how good the answers are, and how fast they come.

    python -m tests.benchmarks.evaluate SET.jsonl        outcomes of the whole program, judged by kind of question
    python -m tests.benchmarks.calibrate SET.jsonl       fit the weights of the engine, cross-validated
    python -m tests.benchmarks.speed                     start, time per question, memory

A SET is a file of labelled questions: see `question_sets`.
"""
