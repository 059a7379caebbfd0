"""What is measured by its own command, never inside a test, beside what `verbatim eval` and `verbatim calibrate` do.

python -m tests.benchmarks.speed                     start, time per question, memory
python -m tests.benchmarks.telegram                  updates a second on Telegram, and how long people wait
python -m tests.benchmarks.glosses CODE              questions in another language, answered as in English or not
python -m tests.benchmarks.drafting                  drafts beside what curators wrote on the same sentences
python -m tests.benchmarks.public squad FILE         texts that nobody has curated, ranked as `verbatim find` does
python -m tests.benchmarks.public clinc FILE         facts that are nothing but phrasings, told from one another

`README.md` here says what that on Telegram and the last three measure, and holds the figures.
"""
