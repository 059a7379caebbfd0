"""What the bot says on Telegram beside its replies to questions: commands, greetings, notices."""

from __future__ import annotations

from telegram import BotCommand

from bot.replies import example_questions, scope_of, source_of
from knowledge import KnowledgeBase

COMMANDS = (
    BotCommand("start", "What this bot does"),
    BotCommand("help", "How to ask"),
    BotCommand("sources", "The documents it answers from"),
)

EDITED = "I do not read edited messages again. Please send the question anew."
NOT_TEXT = "I read text only. Please write your question."
FAILED = "Something went wrong here, and your message was not answered. Please try again."
UNKNOWN_COMMAND = "I do not know this command."


def welcome(base: KnowledgeBase, examples: str) -> str:
    """Return what a person reads first."""
    about = (
        f"Hello. I answer questions from {scope_of(base)}, with the very words that each answer rests on. "
        "What is not said there, I do not answer."
    )
    return _paragraphs(about, examples, "/sources shows what I have read.")


def how_to_ask(examples: str) -> str:
    """Return help on questions and commands."""
    asking = "Write a question as you would to a person; a follow-up may be short (“and the other side?”, “why?”)."
    reading = "Each [n] in an answer is a quote below it; tap a quote to open it. A number chooses a numbered line."
    commands = "\n".join(f"/{command.command} – {command.description}" for command in COMMANDS)
    return _paragraphs(f"{asking} {reading}", examples, commands)


def sources_of(base: KnowledgeBase) -> str:
    """Return the documents, one a line, with their addresses where known."""
    lines = (
        f"{number}. {source_of(document)}{f' – {document.record.url}' if document.record.url else ''}"
        for number, document in enumerate(base.documents, start=1)
    )
    return "\n".join(["I answer from:", *lines])


def examples_from(base: KnowledgeBase) -> str:
    """Return a few questions that the base answers; empty where none can be drawn from it."""
    questions = [f"• {question}" for question in example_questions(base)]
    return "\n".join(["You could ask:", *questions]) if questions else ""


def _paragraphs(*texts: str) -> str:
    return "\n\n".join(filter(None, texts))
