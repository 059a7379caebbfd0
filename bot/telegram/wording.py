"""What the bot says on Telegram beside its replies to questions: commands, greetings, notices, labels of buttons.

Every function takes the interface in whose language it speaks first, and returns plain text.
"""

from __future__ import annotations

from collections.abc import Sequence

from telegram import BotCommand

from bot.interface import Interface
from bot.replies import source_of, title_of
from knowledge import Document, KnowledgeBase

IN_GROUPS = ("ask", "help", "sources", "privacy", "forget")
"""The commands that are shown in groups, where the bot is one of many."""

# ---- Commands and greetings


def commands(interface: Interface, *, group: bool = False) -> list[BotCommand]:
    """Return the commands with their descriptions, as Telegram shows them in private chats or in groups."""
    say = interface.say
    described = {
        "start": say("What this bot does"),
        "help": say("How to ask"),
        "ask": say("Ask a question"),
        "sources": say("The documents it answers from"),
        "source": say("Read a document, page by page"),
        "topics": say("What you can ask about"),
        "why": say("How the last reply was decided"),
        "language": say("Choose the language of the bot"),
        "privacy": say("What is kept, and for how long"),
        "forget": say("Delete all that is kept about this chat"),
        "cancel": say("Drop what was begun"),
    }
    return [BotCommand(name, described[name]) for name in (IN_GROUPS if group else described)]


def description(interface: Interface, base: KnowledgeBase) -> str:
    """Return what an empty chat shows; at most 512 characters.

    Source: Bot API, `setMyDescription`.
    """
    about = _by_number(
        base,
        interface.say(
            "I answer questions from one document. With each answer I show the very words that it rests on; "
            "what the document does not say, I do not answer."
        ),
        interface.say(
            "I answer questions from a fixed set of documents. With each answer I show the very words that it rests "
            "on; what the documents do not say, I do not answer."
        ),
    )
    languages = interface.enumerated([interface.language(name) for name in base.languages])
    return _paragraphs(about, interface.say("Languages: {languages}.", languages=languages))


def short_description(interface: Interface) -> str:
    """Return what the profile of the bot shows; at most 120 characters.

    Source: Bot API, `setMyShortDescription`.
    """
    return interface.say("Answers from documents, with their own words as proof, and says so when they do not say.")


def welcome(interface: Interface, base: KnowledgeBase, questions: Sequence[str]) -> str:
    """Return what a person reads first, with questions that the base answers."""
    documents = len(base.documents)
    about = (
        interface.say(
            "Hello. I answer questions from one document, with the very words that each answer rests on. "
            "What is not said there, I do not answer."
        )
        if documents == 1
        else interface.count(
            "Hello. I answer questions from {n} document, with the very words that each answer rests on. "
            "What is not said there, I do not answer.",
            "Hello. I answer questions from {n} documents, with the very words that each answer rests on. "
            "What is not said there, I do not answer.",
            documents,
        )
    )
    read = interface.say("{command} shows what I have read.", command="/sources")
    return _paragraphs(about, examples(interface, questions), read)


def help_text(interface: Interface, questions: Sequence[str], *, group: bool = False) -> str:
    """Return help on questions and commands, with questions that the base answers."""
    say = interface.say
    asking = say(
        # TRANSLATORS: in the brackets stand short follow-up questions, as somebody who speaks your language asks them
        "Write a question as you would to a person; a follow-up may be short (“and the other side?”, “why?”)."
    )
    reading = say("Each [n] in an answer is a quote below it; tap a quote to open it.")
    choosing = say("A number chooses a numbered line.")
    listed = "\n".join(
        say("{command} – {description}", command=f"/{command.command}", description=command.description)
        for command in commands(interface, group=group)
    )
    return _paragraphs(f"{asking} {reading} {choosing}", examples(interface, questions), listed)


def examples(interface: Interface, questions: Sequence[str]) -> str:
    """Return questions as a list with a heading; empty without any."""
    return _listed(interface.say("You could ask:"), questions)


def how_to_ask_in_groups(interface: Interface, username: str) -> str:
    """Return how the bot is addressed in a group.

    Args:
        interface: the language.
        username: of the bot, without @.
    """
    return interface.say(
        "In a group I answer only when I am addressed: mention {mention}, reply to one of my messages, "
        "or write {command} with your question after it.",
        mention=f"@{username}",
        command="/ask",
    )


# ---- What there is to read and to ask about


def sources_of(interface: Interface, base: KnowledgeBase) -> str:
    """Return the documents, one a line, with their addresses where known."""
    lines = (
        f"{number}. {source_of(document, interface)}{f' – {document.record.url}' if document.record.url else ''}"
        for number, document in enumerate(base.documents, start=1)
    )
    return "\n".join([interface.say("I answer from:"), *lines])


def which_source(interface: Interface, base: KnowledgeBase) -> str:
    """Return the word that a document is chosen by its number, for a number that none has."""
    return interface.count(
        "There is {n} document. Please name it by its number, such as {example}.",
        "There are {n} documents. Please name one by its number, such as {example}.",
        len(base.documents),
        example="/source 1",
    )


def topics_text(interface: Interface, topics: Sequence[str] = ()) -> str:
    """Return the topics as a list with a heading; the heading alone where they are buttons."""
    return _listed(interface.say("You can ask about these topics:"), topics) or interface.say("Choose a topic:")


def all_topics(interface: Interface) -> str:
    """Return the label of a button: the topics again."""
    return interface.say("All topics")


def topic_heading(interface: Interface, topic: str) -> str:
    """Return what stands above the questions on a topic."""
    return interface.say("Questions on this topic: {topic}", topic=topic)


def context_heading(interface: Interface, document: Document, paragraph: int) -> str:
    """Return which document is shown and where in it; paragraphs are counted from 1."""
    return interface.say(
        "{title}, paragraph {paragraph} of {paragraphs}",
        title=title_of(document, interface),
        paragraph=str(paragraph),
        paragraphs=str(len(document.paragraphs)),
    )


def page_of(interface: Interface, page: int, pages: int) -> str:
    """Return which page of a document is shown, from 1."""
    return interface.say("Page {page} of {pages}", page=str(page), pages=str(pages))


# ---- Notices


def ask_what(interface: Interface) -> str:
    """Return the word that /ask takes a question."""
    return interface.say("Please write your question after {command}.", command="/ask")


def not_text(interface: Interface) -> str:
    """Return the word that photos, voice messages and the like are not read."""
    return interface.say("I read text only. Please write your question.")


def forwarded(interface: Interface) -> str:
    """Return the word that messages of others, which somebody forwards, are not read."""
    return interface.say("I do not read what is forwarded. Please write the question in your own words.")


def unknown_command(interface: Interface) -> str:
    """Return the word that there is no such command."""
    return interface.say("I do not know this command.")


def failed(interface: Interface) -> str:
    """Return the word that the fault is ours."""
    return interface.say("Something went wrong here, and your message was not answered. Please try again.")


def too_many_questions(interface: Interface, seconds: int) -> str:
    """Return the word that somebody asks more than is answered, and when the next question is."""
    return interface.count(
        "These are more questions than I can answer at once. Please ask again in {n} second.",
        "These are more questions than I can answer at once. Please ask again in {n} seconds.",
        seconds,
    )


def edited_not_found(interface: Interface) -> str:
    """Return the word that a message was edited whose answer is no longer kept."""
    return interface.say("I no longer have the answer to the message that you edited. Please send the question anew.")


def link_gone(interface: Interface) -> str:
    """Return the word that a link leads to something that the base does not hold."""
    return interface.say("What this link leads to is no longer here. Please ask a question instead.")


def cancelled(interface: Interface) -> str:
    """Return the word that what was begun is dropped."""
    return interface.say("That is dropped. You can ask something new.")


def nothing_to_cancel(interface: Interface) -> str:
    """Return the word that nothing was begun."""
    return interface.say("There is nothing to drop. You can just ask.")


def why_nothing(interface: Interface) -> str:
    """Return the word that there is no reply that could be explained."""
    return interface.say("There is no reply yet that I could explain. Please ask a question first.")


def why_heading(interface: Interface) -> str:
    """Return what stands above an explanation, which is in English in every interface."""
    return interface.say(
        # TRANSLATORS: what follows is in English; please say so in brackets
        "How the last reply was decided:"
    )


# ---- The language of the interface


def choose_language(interface: Interface) -> str:
    """Return what stands above the languages to choose from."""
    return interface.say("In which language shall I write? Claims and quotes stay in the language of the source.")


def language_set(interface: Interface) -> str:
    """Return the word that a language was chosen, in that language."""
    return interface.say(
        "Language: {language}. Claims and quotes stay in the language of the source.", language=interface.name
    )


def language_of_telegram(interface: Interface) -> str:
    """Return the label of the choice to follow the language of the person's Telegram."""
    return interface.say("As in Telegram")


# ---- What is kept


def privacy(interface: Interface, days: int) -> str:
    """Return what is kept about a chat, for how long, and how it is deleted.

    Args:
        interface: the language.
        days: for how many days an answer is kept with its question.
    """
    kept = (
        interface.say("the last questions of this chat, for an hour: I need them to understand follow-ups;"),
        interface.count(
            "each answer with its question, for {n} day: the buttons below it and corrections of the question need it;",
            "each answer with its question, for {n} days: the buttons below it and corrections of the question need "
            "it;",
            days,
        ),
        interface.say("your ratings of answers, and the language that you chose, until you delete them;"),
        interface.say("messages that are not answered yet, until they are."),
    )
    return _paragraphs(
        _listed(interface.say("This is kept about this chat:"), kept),
        interface.say("Nothing of it goes to anybody else but Telegram, which carries the messages."),
        interface.say("{command} deletes all of it.", command="/forget"),
    )


def forgotten(  # noqa: PLR0913  one parameter for each kind of thing that is kept
    interface: Interface,
    *,
    answers: int = 0,
    ratings: int = 0,
    waiting: int = 0,
    conversation: bool = False,
    settings: bool = False,
) -> str:
    """Return what was deleted.

    Args:
        interface: the language.
        answers: how many questions with their answers.
        ratings: how many ratings of answers.
        waiting: how many messages that were not answered yet.
        conversation: whether the last questions were still known.
        settings: whether something was chosen, such as a language.
    """
    count = interface.count
    deleted = (
        count("{n} question with its answer", "{n} questions with their answers", answers) if answers else "",
        count("{n} rating", "{n} ratings", ratings) if ratings else "",
        count("{n} message that was not answered yet", "{n} messages that were not answered yet", waiting)
        if waiting
        else "",
        interface.say("the conversation") if conversation else "",
        interface.say("the settings") if settings else "",
    )
    lines = [line for line in deleted if line]
    return _listed(interface.say("Deleted, and kept nowhere any more:"), lines) or nothing_to_forget(interface)


def nothing_to_forget(interface: Interface) -> str:
    """Return the word that nothing is kept."""
    return interface.say("Nothing is kept about this chat.")


# ---- Ratings


def helpful(interface: Interface) -> str:
    """Return the label of a button: the answer helped."""
    return interface.say("👍 Helpful")


def wrong(interface: Interface) -> str:
    """Return the label of a button: the answer is wrong."""
    return interface.say("👎 Wrong")


def unclear(interface: Interface) -> str:
    """Return the label of a button: the answer is hard to understand."""
    return interface.say("🤔 Unclear")


def thanks(interface: Interface) -> str:
    """Return the word that a rating is kept."""
    return interface.say("Thank you. You can change this at any time.")


def rating_changed(interface: Interface) -> str:
    """Return the word that another rating is kept instead."""
    return interface.say("Your rating is changed. Thank you.")


# ---- Other buttons


def in_context(interface: Interface) -> str:
    """Return the label of a button: show the quote in its paragraph."""
    return interface.say("In context")


def earlier(interface: Interface) -> str:
    """Return the label of a button: what stands before this; its arrow points to where reading comes from."""
    label = interface.say("Earlier")
    return f"▶ {label}" if interface.right_to_left else f"◀ {label}"


def later(interface: Interface) -> str:
    """Return the label of a button: what stands after this; its arrow points to where reading goes."""
    label = interface.say("Later")
    return f"{label} ◀" if interface.right_to_left else f"{label} ▶"


def back_to_answer(interface: Interface) -> str:
    """Return the label of a button: the answer again."""
    label = interface.say("Back to the answer")
    return f"↪ {label}" if interface.right_to_left else f"↩ {label}"


def read_document(interface: Interface) -> str:
    """Return the label of a button: the whole document, page by page."""
    return interface.say("Read the document")


def quotes_and_sources(interface: Interface) -> str:
    """Return the label of a button below a short answer in a group."""
    return interface.say("Quotes and sources")


def open_privately(interface: Interface) -> str:
    """Return the label of a button in a group: go on in a private chat with the bot."""
    return interface.say("Open in a private chat")


def only_the_asker(interface: Interface) -> str:
    """Return the word to somebody who presses the button of another person; at most 200 characters, as all notices."""
    return interface.say("Only the person who asked can use this button.")


def expired(interface: Interface) -> str:
    """Return the word that the answer of a button is no longer kept."""
    return interface.say("This answer is no longer kept. Please ask again.")


def answered_already(interface: Interface) -> str:
    """Return the word to somebody who presses the same choice again."""
    return interface.say("This is answered already, further down.")


def choice_gone(interface: Interface) -> str:
    """Return the word that a choice is no longer open."""
    return interface.say("This can no longer be chosen. Please ask again.")


# ---- Inline mode


def inline_ask_title(interface: Interface) -> str:
    """Return what is shown for an empty query."""
    return interface.say("Ask a question")


def inline_ask_description(interface: Interface) -> str:
    """Return how a query is written."""
    return interface.say("Go on writing: answers with quotes appear here.")


def inline_topics_title(interface: Interface) -> str:
    """Return the title of the topics that an empty query offers."""
    return interface.say("What you can ask about")


def inline_no_answer(interface: Interface) -> str:
    """Return the title where there is no answer."""
    return interface.say("No answer to this")


def inline_no_answer_description(interface: Interface, base: KnowledgeBase) -> str:
    """Return why there is none, without more than is known."""
    return _by_number(
        base,
        interface.say("I found nothing in the document that answers this."),
        interface.say("I found nothing in the documents that answers this."),
    )


def ask_privately(interface: Interface) -> str:
    """Return the label of the button above the results."""
    return interface.say("Ask me in private")


def _by_number(base: KnowledgeBase, one: str, several: str) -> str:
    """Return the wording that fits the number of documents."""
    return one if len(base.documents) == 1 else several


def _listed(heading: str, lines: Sequence[str]) -> str:
    """Return lines as a list with a heading; empty without any."""
    return "\n".join([heading, *(f"• {line}" for line in lines)]) if lines else ""


def _paragraphs(*texts: str) -> str:
    return "\n\n".join(filter(None, texts))
