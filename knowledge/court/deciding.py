"""From the weighing to one of four outcomes: the first rule that has a word to say decides."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from knowledge.court.comparing import compared
from knowledge.court.evidence import Conflict, Kind
from knowledge.court.explaining import explanation
from knowledge.court.listing import listed
from knowledge.court.narrowing import WIDER
from knowledge.court.weighing import Scales, WeighedFact, Weighing
from knowledge.documents import Citation
from knowledge.language.lexicon import LOOSE
from knowledge.language.numbers import small_number
from knowledge.language.text import stem
from knowledge.message.dialogue import Completed, Conversation, Lack, Turn, complete, understood
from knowledge.message.linking import ANSWERING, ASKING, REPLYING, replies, shown_before
from knowledge.message.reading import ADVICE, Form, Question
from knowledge.message.roles import Role
from knowledge.message.splitting import Segment, asking
from knowledge.outcomes import (
    COURTESY,
    Abstention,
    Answer,
    CitedFact,
    Clarification,
    Correction,
    Fact,
    Outcome,
    Reason,
    facts_of,
)

MOST_TOGETHER = 3
"""Facts shown together for a question that did not ask for a list."""

MOST_NEAREST = 3
"""Related facts shown beside an abstention."""

RELATED_AT = 0.02
"""Share from which a fact is related enough to be offered beside an abstention."""

GAP_AT = 0.4
"""Share from which a gap is named as what the documents do not say."""

ASK_AT = 0.5
"""Share of all facts together from which the reader is asked what was meant, where it is too little to answer."""

OPTION_AT = 0.15
"""Share from which a fact is one of the choices."""

ALL_BUT_CERTAIN = 0.97
"""The same for a question that sounds like one for a judgement."""

SURE = 0.8
"""Share of the facts at which an answer is given although the question sounds like one for an opinion."""

LEAST_TO_CORRECT = 0.2
"""Share of a fact, beside all facts and gaps, from which it may correct a question."""

EXPLAINED_TO_CORRECT = 0.6
"""Share of a question's weight that a fact must explain before it corrects the rest."""

PLAINLY = 0.7
"""Share of a fact from which it corrects a question of any form, when it explains almost all of it.

Source: on 1,500 questions, 29 of 37 such facts were what the question was about; below it, three in five.
"""

WHOLLY_MEANT = 0.5
"""Share of a fact from which it corrects a question whether something is so, when it explains every word of it."""

STRANGELY = 0.4
"""Share of a fact from which it corrects a name that nobody speaks of, when it explains all the rest.

Such a name speaks for no fact, so that the share is less than it would be with the right one.
"""

HANDED_OVER = 0.75
"""Share, beside that of a vetoed best fact, from which another is as good as it, and may answer instead."""

SAME_OF_ANOTHER = 0.1
"""Share, beside that of a best fact of another actor, from which the asked one's own fact of the same act answers."""

WHOLLY = 0.99
"""Share of a question's weight that a fact explains which leaves nothing of it unexplained."""

EXPLAINED_PLAINLY = 0.8
"""Share of a question's weight that such a fact explains."""

CONTRADICTING = frozenset((Kind.ACT, Kind.QUALITY, Kind.DIMENSION, Kind.NUMBER, Kind.ACTOR, Kind.SWAP, Kind.PLACE))
"""Conflicts by which a document says otherwise than a question supposes."""

VETOING = frozenset(
    (Kind.ACT, Kind.EXACT, Kind.UNDONE, Kind.DIMENSION, Kind.NUMBER, Kind.STRANGER, Kind.PLACE, Kind.SWAP, Kind.ACTOR)
)
"""Conflicts that keep a fact from answering an open question."""

ANOTHER_ACTOR = frozenset((Kind.AGENT, Kind.ACTOR))
"""Conflicts that only weigh against a fact, as reading may err on who acts, unless the actor is what was asked for."""

VETOING_WHERE_SURE = frozenset((Kind.AGENT,))
"""Conflicts that keep a fact from answering a question that tells by a sign who acts: "the town's answer".

Source: without it, `verbatim probe` finds 22 questions on another actor more that are answered on this one.
"""

VETOING_FOLLOW_UPS = {Lack.ACTOR: ANOTHER_ACTOR, Lack.TOPIC: frozenset((Kind.SLOT,))}
"""Conflicts that keep a fact from answering a follow-up besides: one that asks about just another actor, or for just
another kind of answer."""

SUPPOSING = frozenset(("reason", "time", "weekday", "date", "duration", "purpose"))
"""Kinds of answer whose question takes for granted that the thing happened."""


@dataclass(frozen=True, slots=True)
class Case:
    """One question with what was weighed for it."""

    completed: Completed
    weighing: Weighing
    scales: Scales

    @property
    def question(self) -> Question:
        return self.completed.question

    @property
    def best(self) -> WeighedFact:
        return self.weighing.facts[0]

    @property
    def vetoing(self) -> frozenset[Kind]:
        """Conflicts that keep a fact from answering this question.

        A follow-up that puts another actor in the place of one asks about just that actor, and so does a question that
        tells by a sign who acts. Who asks why something was not accepted knows that it was rejected.
        """
        further = frozenset() if self.completed.fresh else VETOING_FOLLOW_UPS.get(self.completed.lack, frozenset())
        sure = VETOING_WHERE_SURE if self.question.named(Role.AGENT) else frozenset()
        denied = frozenset((Kind.ACT,)) if self.question.denies else frozenset()
        vetoing = (VETOING | further | sure) - denied
        if not self.scales.off:
            return vetoing
        return frozenset(kind for kind in vetoing if veto_switch(kind) not in self.scales.off)


Rule = Callable[[Case], Outcome | None]


def decide_message(message: str, conversation: Conversation, scales: Scales) -> Outcome:
    """Return the outcome of a message: of its one question, or of all of them with each as a part.

    A sentence that asks nothing is what the next question looks back to: "Something broke the deadlock. What was it?"
    """
    segments = scales.reader.splitter.segments(message)
    asked = {id(segment) for segment in asking(segments)}
    outcomes: list[Outcome] = []
    told: list[Segment] = []
    for segment in segments:
        if id(segment) not in asked:
            told.append(segment)
            continue
        if outcomes and not told and _names_a_kind(segment, scales):
            continue
        turns = (*conversation.turns, *_told(segment, told))
        completed = complete(segment, turns, scales.reader, scales.facts, scales.versions)
        first = _told_compared(segment, told, scales) or _otherwise(segment, scales)
        outcomes.append(first or _unless_taken_for_granted(_first_answered(completed, scales), segment, scales))
        conversation = conversation.after(outcomes[-1])
        told = []
    if not outcomes:
        return Abstention(question=message, read_as="", reason=Reason.NOT_UNDERSTOOD)
    parts = [outcome for outcome in outcomes if not _is_courtesy(outcome)] or outcomes[:1]
    return parts[0] if len(parts) == 1 else _joined(message, parts)


def _names_a_kind(segment: Segment, scales: Scales) -> bool:
    """Return whether all that a sentence asks for is a kind of answer: "name the day", "I need a figure".

    Behind a question it says how that is to be answered, and asks nothing more; so does "put the two side by side".
    """
    lexicon, row = scales.reader.lexicon, segment.row
    grammar = lexicon.grammar
    commands = bool(row) and row[0] in grammar.imperatives
    if segment.text.rstrip().endswith("?") or not (commands or segment.wants):
        return False
    if not grammar.listing_anywhere.isdisjoint(row[1:]):
        return False
    kinds = [word for word in row[commands:] if word not in lexicon.function_words]
    bare = grammar.of_lists | grammar.comparing
    return bool(kinds) and all(stem(word) in lexicon.answer_nouns or word in bare for word in kinds)


def _otherwise(segment: Segment, scales: Scales) -> Correction | None:
    """Return the correction of what a question takes for granted, when the documents state otherwise."""
    if not segment.supposed:
        return None
    supposed = scales.reader.splitter.checked(segment.supposed)
    outcome = decide(Completed(scales.reader.read(supposed)), scales)
    return replace(outcome, question=segment.text) if isinstance(outcome, Correction) else None


def _unless_taken_for_granted(outcome: Outcome, segment: Segment, scales: Scales) -> Outcome:
    """Return the correction of what an unanswered question takes for granted, where there is one; else its outcome."""
    if not isinstance(outcome, Abstention) or outcome.reason is not Reason.NOT_STATED:
        return outcome
    premise = scales.reader.splitter.premise(segment)
    if premise is None:
        return outcome
    whether = decide(Completed(scales.reader.read(premise)), scales)
    if not isinstance(whether, Correction):
        return outcome
    return replace(whether, question=outcome.question, read_as=outcome.read_as)


def _told_compared(segment: Segment, told: Sequence[Segment], scales: Scales) -> Answer | None:
    """Return what a sentence sets side by side where the question behind it only asks to: "X wants A, Y B. Compare"."""
    statement = _foremost(told)
    if statement is None:
        return None
    asked = scales.reader.read(segment)
    grammar = scales.reader.lexicon.grammar
    bare = grammar.comparing | grammar.listing | grammar.of_lists | grammar.imperatives | grammar.asking_which
    topics = [term for term in asked.heavy if not bare.issuperset(term.text.split())]
    which = grammar.asking_which | grammar.auxiliaries
    compares = asked.form is Form.COMPARE or (asked.form is Form.LIST and not topics) or which.issuperset(segment.row)
    if topics or not compares:
        return None
    comparing = replace(scales.reader.read(statement), form=Form.COMPARE)
    outcome = decide(Completed(comparing), scales)
    return replace(outcome, question=segment.text) if isinstance(outcome, Answer) and outcome.compared else None


def _foremost(told: Sequence[Segment]) -> Segment | None:
    """Return the last of the sentences that say most on topics; None where none says anything."""
    topical = [each for each in told if each.topics and not each.is_framing and "instruction" not in each.framing]
    return max(reversed(topical), key=lambda each: each.topics, default=None)


def _told(segment: Segment, told: Sequence[Segment]) -> tuple[Turn, ...]:
    """Return what a question in the same message looks back to: the last of what says most on topics before it."""
    statement = _foremost(told)
    if statement is not None:
        return (Turn(" ".join(statement.row), told=True),)
    return (Turn(segment.supposed, told=True),) if segment.supposed else ()


def _is_courtesy(outcome: Outcome) -> bool:
    return isinstance(outcome, Abstention) and outcome.about == COURTESY


def _first_answered(completed: Completed, scales: Scales) -> Outcome:
    """Return the outcome of the first reading of a question that is answered; that of the first when none is."""
    outcome = scales.decided(completed.question, _alone) if completed.stands_alone else decide(completed, scales)
    if completed.otherwise is None or facts_of(outcome) or not _is_open_to_another_reading(outcome):
        return outcome
    other = _first_answered(completed.otherwise, scales)
    return other if facts_of(other) else outcome


def _is_open_to_another_reading(outcome: Outcome) -> bool:
    """Return whether a question was not answered for want of likeness, and not for what is known of it."""
    unknown = (Reason.NOT_STATED, Reason.NOT_UNDERSTOOD)
    return not isinstance(outcome, Abstention) or (outcome.reason in unknown and not outcome.about)


def _alone(question: Question, scales: Scales) -> Outcome:
    return decide(Completed(question), scales)


def decide(completed: Completed, scales: Scales) -> Outcome:
    """Return the outcome of one question."""
    case = Case(completed, scales.weigh(completed.question), scales)
    off = scales.off
    decided = (rule(case) for rule in RULES if not off or rule_switch(rule) not in off)
    return next(outcome for outcome in decided if outcome is not None)


def _joined(message: str, outcomes: Sequence[Outcome]) -> Outcome:
    """Return the outcome of several questions: an answer as soon as one of them has facts to show."""
    facts: dict[str, CitedFact] = {}
    for outcome in outcomes:
        for cited in facts_of(outcome):
            facts.setdefault(cited.fact.id, cited)
    read_as = " ".join(outcome.read_as for outcome in outcomes)
    parts = tuple(outcomes)
    if any(isinstance(outcome, Answer) for outcome in outcomes):
        return Answer(question=message, read_as=read_as, facts=tuple(facts.values()), parts=parts)
    for outcome in outcomes:
        if isinstance(outcome, Correction):
            together = tuple(facts.values())
            return Correction(question=message, read_as=read_as, facts=together, supposed=outcome.supposed, parts=parts)
    first = next((outcome for outcome in outcomes if isinstance(outcome, Abstention)), None)
    reason = first.reason if first else Reason.NOT_STATED
    return Abstention(question=message, read_as=read_as, reason=reason, nearest=outcomes[0].nearest, parts=parts)


def _speakers(case: Case) -> Outcome | None:
    """Answer "who says so?": who makes the claims that were shown last."""
    before = case.completed.before
    if case.completed.lack is not Lack.SPEAKER:
        return None
    versions = case.scales.versions
    facts = shown_before(before.facts if before else (), (*case.scales.facts, *versions.superseded))
    attributed = [fact for fact in facts if fact.attribution is not None]
    topic = before.read_as if before else ""
    if not attributed:
        why = "no speaker is named" if facts else "nothing was shown that somebody could have said"
        return _abstention(case, Reason.NOT_STATED, why, about=WHO_SAYS_SO, related=facts, topic=topic)
    return Answer(
        question=case.question.text,
        read_as=case.question.read_as,
        topic=topic,
        facts=tuple(CitedFact(fact, 1.0, _with_attribution(fact)) for fact in attributed),
        explanation=explanation(case.question, case.weighing, "the speakers of what was shown", case.scales),
    )


def _linked(case: Case) -> Outcome | None:
    """Answer from the facts that those shown last lead to: their words again, the reply, the counterpart."""
    completed, question = case.completed, case.question
    if completed.lack not in LED_TO or completed.before is None:
        return None
    if not completed.linked:
        return _abstention(case, Reason.NOT_STATED, "no reply is told", topic=completed.before.read_as)
    supposed = _denied(case)
    facts = tuple(CitedFact(fact, 1.0, citations_for(fact, question)) for fact in completed.linked)
    reasons = explanation(question, case.weighing, LED_TO[completed.lack], case.scales)
    if supposed:
        return Correction(
            question=question.text, read_as=question.read_as, facts=facts, supposed=supposed, explanation=reasons
        )
    topic = completed.before.read_as if completed.lack is Lack.QUOTE else ""
    return Answer(question=question.text, read_as=question.read_as, topic=topic, facts=facts, explanation=reasons)


def _denied(case: Case) -> str:
    """Return the words of a yes-no question whose act is the opposite of the reply that was given; else ""."""
    question, concepts = case.question, case.scales.concepts
    if case.completed.lack is not Lack.REPLY or question.form is not Form.YES_NO:
        return ""
    given = {fact.act for fact in case.completed.linked}
    opposed = [act for act in question.acts if act not in given and concepts[act].opposite & given]
    return next((term.text for term in question.terms if term.means_any(opposed)), "")


def _earlier(case: Case) -> Outcome | None:
    """Answer "what was it before?": what the facts shown last have replaced, or "and now?": what replaced them."""
    completed, question = case.completed, case.question
    if completed.lack is not Lack.EARLIER:
        return None
    if not completed.linked:
        topic = completed.before.read_as if completed.before else ""
        nothing = _abstention(case, Reason.NOT_STATED, "nothing was said before it", about=SAID_BEFORE, topic=topic)
        return replace(nothing, nearest=())
    facts = tuple(CitedFact(fact, 1.0, citations_for(fact, question)) for fact in completed.linked)
    reasons = explanation(question, case.weighing, "another version of what was shown", case.scales)
    return Answer(question=question.text, read_as=question.read_as, facts=facts, explanation=reasons)


def _rest(case: Case) -> Outcome | None:
    """Answer "any others?": what there is beside the facts that were shown last."""
    before = case.completed.before
    if case.completed.lack is not Lack.REST or before is None:
        return None
    asked = understood(before.read_as, case.scales.reader)
    shown = shown_before(before.facts, case.scales.facts)
    foremost = case.scales.reader.lexicon.grammar.foremost
    beside = tuple(term for term in asked.terms if not term.means_any(foremost, LOOSE))
    for again in (asked, replace(asked, terms=beside, form=Form.LIST, plural=True))[: 1 + (beside != asked.terms)]:
        every = listed(again, case.scales.weigh(again), case.scales)
        more = [weighed for weighed in every if not any(_is_within(weighed.fact, fact) for fact in shown)]
        if more:
            return replace(_answer(case, more, "the rest of what was asked for", listed=True), topic=before.read_as)
    asked_about = frozenset(asked.roles)
    beside_them = [fact for fact in shown if asked_about & {*fact.agent} and {*fact.agent} - asked_about]
    if beside_them:
        named = [case.scales.unweighed(fact) for fact in beside_them]
        return replace(_answer(case, named, "it names others beside those asked about"), topic=before.read_as)
    return _abstention(
        case, Reason.NOT_STATED, "everything was shown", about="anything more on this", topic=before.read_as
    )


def _is_within(fact: Fact, shown: Fact) -> bool:
    """Return whether a fact is one that was shown, or tells a part of what its quote says."""
    one, other = fact.citation, shown.citation
    overlaps = one.document == other.document and one.start < other.end and other.start < one.end
    return fact.id == shown.id or (overlaps and set(fact.agent) <= set(shown.agent))


def _of_what_was_shown(case: Case) -> Outcome | None:
    """Answer "when?" or "by whom?" from the facts that were shown, or from what their sentences tell beside them."""
    completed, wanted = case.completed, case.question.wanted
    if completed.lack is not Lack.TOPIC or completed.fresh or wanted is None or completed.before is None:
        return None
    shown = shown_before(completed.before.facts, case.scales.facts)
    telling = [weighed for weighed in _telling(shown, case) if weighed.share >= RELATED_AT]
    if not telling and "number" not in wanted.slots:  # there, "how many of those?" asks for a part of what was shown
        near = [fact for fact in case.scales.facts if any(_is_told_with(fact, one) for one in shown)]
        telling = _telling([fact for fact in near if fact not in shown], case)
    if not telling:
        return None
    return _answer(case, (max(telling, key=lambda weighed: weighed.share),), "what was shown tells it")


def _telling(facts: Sequence[Fact], case: Case) -> list[WeighedFact]:
    """Return those of some facts that hold the kind of answer that is wanted, and that nothing keeps from answering."""
    wanted = case.question.wanted
    weighed = {each.fact.id: each for each in case.weighing.facts}
    return [
        each
        for each in (weighed.get(fact.id) or case.scales.unweighed(fact) for fact in facts)
        if wanted is not None
        and wanted.slots & case.scales.frames[each.fact.number].slots
        and not any(conflict.kind in case.vetoing for conflict in each.conflicts)
    ]


def _is_told_with(fact: Fact, shown: Fact) -> bool:
    """Return whether a fact is told of the same one who acts, in the same paragraph."""
    one, other = fact.citation, shown.citation
    together = (one.document, one.paragraph) == (other.document, other.paragraph)
    return together and bool({*fact.agent} & {*shown.agent})


def _strayed(case: Case) -> Outcome | None:
    """Decline a follow-up of whose own words the best fact holds none: it fits only what was asked before."""
    before = case.completed.before
    fresh = [{key: 1.0 for key, strength in term.keys if strength == 1.0} for term in case.completed.fresh]
    if case.completed.lack is Lack.TOPIC and before is not None and before.declined and not fresh:
        return _abstention(case, Reason.NOT_STATED, "it asks more of what the documents do not say")
    if not fresh or not case.weighing.facts:
        return None
    number = case.best.fact.number
    named = {key.removeprefix("name:") for keys in fresh for key in keys if key.startswith("name:")}
    is_named = not named or bool(named & case.scales.frames[number].named)  # a phrasing may name whom the fact does not
    if is_named and any(case.scales.index.speaks_of(number, keys) for keys in fresh):
        return None
    return _abstention(case, Reason.NOT_STATED, "the best fact holds only what was asked before")


def _negated(case: Case) -> Outcome | None:
    """Decline a question for what is not so where the best fact tells of what is so."""
    if not case.question.denies or not case.weighing.facts:
        return None
    fact = case.best.fact
    own = {f"={word}" for word in case.scales.reader.lexicon.grammar.denying}
    if fact.act not in case.question.acts or own & case.scales.frames[fact.number].keys:
        return None
    return _abstention(case, Reason.NOT_STATED, "it asks for what is not so, and the best fact tells of what is")


def _several(case: Case) -> Outcome | None:
    """All facts that share what was asked for."""
    several = listed(case.question, case.weighing, case.scales)
    return _answer(case, several, "all facts that share what was asked for", listed=True) if several else None


def _compared(case: Case) -> Outcome | None:
    """Two facts set side by side, or the half of a comparison that is told."""
    found = compared(case.question, case.weighing, case.scales)
    if not found.facts:
        return None
    why = "the half of a comparison that is told" if found.missing else "the two facts that the question compares"
    return replace(_answer(case, found.facts, why), compared=True, missing=found.missing)


def _no_opinion(case: Case) -> Outcome | None:
    """A judgement, a forecast or advice is not given, unless the documents clearly hold what is asked for."""
    manner = case.question.manner
    sure = ALL_BUT_CERTAIN if manner == "opinion:judgement" else SURE
    advice = manner == ADVICE and case.question.form is Form.YES_NO
    asks = manner.startswith("opinion") and (advice or case.weighing.answerable < sure)
    if not asks and not _values_beyond(case):
        return None
    return _abstention(case, Reason.NO_OPINION, "an opinion or a forecast is asked for")


def _values_beyond(case: Case) -> bool:
    """Return whether a question values something by words that its best fact does not hold."""
    if not case.question.values or not case.weighing.facts:
        return bool(case.question.values)
    held = case.scales.frames[case.best.fact.number].keys
    return not all(f"={word}" in held for word in case.question.values)


def _corrected(case: Case) -> Outcome | None:
    """The best fact states otherwise than the question supposes."""
    against = _contradiction(case) if case.weighing.facts else None
    if against is None:
        return None
    if (reply := _reply_in_question(case, against)) is not None:
        return reply
    if rivals := _agreeing_rivals(case, against):
        return _answer(case, (case.best, *rivals), "the documents do not agree on what it supposes")
    return Correction(
        question=case.question.text,
        read_as=case.question.read_as,
        facts=(_cited(case.best, case.question, case.best.share),),
        supposed=against.asked,
        explanation=explanation(case.question, case.weighing, f"the documents state otherwise: {against}", case.scales),
    )


def _reply_in_question(case: Case, against: Conflict) -> Outcome | None:
    """Return the outcome by what the one who was asked for something made of it, where a question is on that.

    "Did the town agree to pay the drivers?" is decided by the town's refusal, and not by the demand for pay.
    """
    question, concepts = case.question, case.scales.concepts
    asked = [act for act in question.acts if act in REPLYING]
    wants_any = ANSWERING in question.acts and question.form is Form.OPEN
    if against.kind not in ANOTHER_ACTOR | {Kind.SWAP} or not (asked or wants_any):
        return None
    given = [fact for fact in replies((case.best.fact,), case.scales.facts) if question.agents & {*fact.agent}]
    if wants_any and not given and case.best.fact.act in ASKING:
        return _abstention(case, Reason.NOT_STATED, "no reply is told", about=NO_REPLY)
    if len(given) != 1:
        return None
    reply = case.scales.unweighed(given[0])
    opposed = [act for act in asked if concepts[act].opposite & {reply.fact.act}]
    if not opposed:
        told = wants_any or reply.fact.act in asked
        return _answer(case, (reply,), "what became of what it asks about") if told else None
    return Correction(
        question=question.text,
        read_as=question.read_as,
        facts=(_cited(reply, question, case.best.share),),
        supposed=next((term.text for term in question.terms if term.means_any(opposed)), against.asked),
        explanation=explanation(question, case.weighing, f"the reply is told: {reply.fact.act}", case.scales),
    )


def _agreeing_rivals(case: Case, against: Conflict) -> tuple[WeighedFact, ...]:
    """Return the facts of other documents that contradict the best one, and not what a question supposes."""
    weighed = {each.fact.id: each for each in case.weighing.facts}
    rivals = (weighed.get(rival.id) or case.scales.unweighed(rival) for rival in case.scales.rivals_of(case.best.fact))
    return tuple(
        rival
        for rival in rivals
        if not any(conflict.kind is against.kind for conflict in case.scales.against(case.question, rival.fact))
    )


def _contradiction(case: Case) -> Conflict | None:
    """Return the conflict by which the best fact contradicts what a question supposes; None when it does not.

    A fact that is plainly what the question is about corrects any form of it. Otherwise only a question that takes the
    contradicted thing for granted is corrected; "how many Israelis" does not claim that there were any.
    """
    best, weighing, question = case.best, case.weighing, case.question
    leads = best.share >= LEAST_TO_CORRECT and best.share * 2 >= weighing.answerable
    explained = _explained_beside_corrected(case) if leads else 0.0
    if explained < EXPLAINED_TO_CORRECT:
        return None
    plainly = best.share >= PLAINLY and explained >= EXPLAINED_PLAINLY
    stranger = next((conflict for conflict in best.conflicts if conflict.kind is Kind.STRANGER), None)
    if stranger is not None:  # one nobody speaks of, in the place of one that the fact names
        alone = best.share >= STRANGELY and explained >= WHOLLY
        return stranger if (plainly or alone) and question.form is Form.YES_NO else None
    against = [conflict for conflict in best.conflicts if conflict.kind in CONTRADICTING]
    if plainly and (question.form is Form.YES_NO or question.named(Role.AGENT)):
        against += [conflict for conflict in best.conflicts if conflict.kind is Kind.AGENT]
    another = any(conflict.kind in (Kind.AGENT, Kind.SWAP) for conflict in best.conflicts)
    if question.denies:
        against = [conflict for conflict in against if conflict.kind is not Kind.ACT]
    opposite = next((conflict for conflict in against if conflict.kind is Kind.ACT and not another), None)
    supposes = _supposes(question)
    if opposite is not None and (supposes or question.agents):
        return opposite
    if (
        question.form is Form.OPEN
        and not supposes
        and question.wanted is not None
        and "number" in question.wanted.slots
    ):
        against = [conflict for conflict in against if conflict.kind is not Kind.ACT]  # how many of others there are
    wholly = question.form is Form.YES_NO and explained >= WHOLLY and best.share >= WHOLLY_MEANT
    enough = plainly or wholly or (supposes and weighing.answerable >= case.scales.weights.answer_at)
    return against[0] if against and enough else None


def _explained_beside_corrected(case: Case) -> float:
    """Return the share of the question's weight that the best fact explains, without what it may correct.

    Those are numbers, and names that nobody speaks of.
    """
    question, index = case.question, case.scales.index
    if not question.numbers and not question.strangers:
        return case.best.signals["explained"]
    strange = {word for stranger in question.strangers for word in stranger.split()}
    named = [
        term
        for term in question.heavy
        if not (term.text[0].isdigit() or small_number(term.text) or strange.issuperset(term.text.split()))
    ]
    keys = [dict(term.keys) for term in named]
    weights = [(index.weight(key), index.speaks_of(case.best.fact.number, key)) for key in keys]
    whole = math.fsum(weight for weight, _ in weights)
    return math.fsum(weight for weight, spoken in weights if spoken) / whole if whole else 0.0


def _supposes(question: Question) -> bool:
    return question.form is Form.YES_NO or (question.wanted is not None and question.wanted.kind in SUPPOSING)


def _lost(case: Case) -> Outcome | None:
    """A message that only looks back, where nothing was said before."""
    if case.completed.lack is not Lack.BEFORE:
        return None
    return _abstention(case, Reason.NOT_UNDERSTOOD, "it looks back, and nothing was said before")


def _courtesy(case: Case) -> Outcome | None:
    """A greeting or thanks asks nothing."""
    if not case.question.manner.startswith("courtesy"):
        return None
    return _abstention(case, Reason.OUT_OF_SCOPE, f"it is {case.question.manner}", about=COURTESY)


def _clarified(case: Case) -> Outcome | None:
    """Something speaks for a fact, but not enough: the reader is asked whether it is what was meant."""
    answerable = case.weighing.answerable
    elsewhere = case.question.manner.startswith(("scope", "smalltalk"))
    if elsewhere or not ASK_AT <= answerable < case.scales.weights.answer_at:
        return None
    options = [fact for fact in case.weighing.facts if fact.share >= OPTION_AT and not fact.conflicts][:MOST_TOGETHER]
    if not options:
        return None
    return Clarification(
        question=case.question.text,
        read_as=case.question.read_as,
        options=tuple(weighed.fact for weighed in options),
        explanation=explanation(case.question, case.weighing, "not enough speaks for one of these alone", case.scales),
    )


def _declined(case: Case) -> Outcome | None:
    """Too little speaks for any fact: it is something unsaid, something else, or not understood."""
    question, weighing = case.question, case.weighing
    if weighing.facts and (weighing.answerable >= case.scales.weights.answer_at or _tells_beside_a_gap(case)):
        return None
    if not question.heavy:
        return _abstention(case, Reason.NOT_UNDERSTOOD, "no word of it carries a topic")
    if question.manner.startswith(("scope", "smalltalk")):
        return _abstention(case, Reason.OUT_OF_SCOPE, f"it is {question.manner}")
    if len(weighing.uncovered) * 2 > len(question.heavy):
        return _abstention(case, Reason.OUT_OF_SCOPE, "most of its words are foreign to the documents")
    best = case.best.share if weighing.facts else 0.0
    if weighing.gaps and weighing.gaps[0].share >= max(best, GAP_AT):
        gap = weighing.gaps[0].gap
        related = [fact for fact in case.scales.facts if fact.id in gap.related]
        return _abstention(
            case, Reason.NOT_STATED, "it is nearest to something unsaid", about=gap.about, related=related
        )
    return _abstention(case, Reason.NOT_STATED, "too little speaks for any fact")


def _tells_beside_a_gap(case: Case) -> bool:
    """Return whether the best fact tells when or where, and a gap on the same only lacks it more exactly.

    "When did it rain" is told by a fact that holds the day, although the hour is known to be unsaid: the fact holds the
    kind of answer and explains every word, and it and the gap together hold enough.
    """
    question, weighing, best = case.question, case.weighing, case.best
    if not weighing.gaps or question.wanted is None or question.wanted.kind not in WIDER.values() or best.conflicts:
        return False
    gap = weighing.gaps[0]
    holds = bool(question.wanted.slots & best.fact.slots.keys()) and best.signals["explained"] >= WHOLLY
    together = best.share + gap.share >= case.scales.weights.answer_at
    return holds and together and best.fact.id in gap.gap.related and best.share >= LEAST_TO_CORRECT


def _vetoed(case: Case) -> Outcome | None:
    """The best fact cannot answer, and it does not hand over to a much worse one."""
    first = next(iter(_unvetoed(case)), None)
    if first is not None and (first.share >= HANDED_OVER * case.best.share or _is_the_same_of_another(case, first)):
        return None
    vetoes = "; ".join(str(conflict) for conflict in case.best.conflicts if conflict.kind in case.vetoing)
    wants_source = case.question.wanted is not None and case.question.wanted.kind == "source"
    about = WHO_SAYS_SO if wants_source else ""
    return _abstention(case, Reason.NOT_STATED, f"the best fact is vetoed: {vetoes}", about=about)


def _is_the_same_of_another(case: Case, other: WeighedFact) -> bool:
    """Return whether the best fact is only vetoed for who acts, and another has the one asked for do the very same."""
    only_actor = {conflict.kind for conflict in case.best.conflicts} <= ANOTHER_ACTOR | {Kind.SWAP}
    same = other.fact.act == case.best.fact.act and bool(other.signals.get("agent_agrees"))
    return only_actor and same and other.share >= SAME_OF_ANOTHER * case.best.share


def _answered(case: Case) -> Outcome:
    """Enough speaks for the best facts that no conflict speaks against."""
    facts = _unvetoed(case)
    least = case.scales.weights.beside * facts[0].share
    if _lacks_the_kind(facts[0]) and not case.question.plural:
        facts = [weighed for weighed in facts if weighed.share >= least and not _lacks_the_kind(weighed)] or facts
    beside = [weighed for weighed in facts[1:] if weighed.share >= least and _stands_beside(weighed, facts[0])]
    together = [facts[0], *beside][:MOST_TOGETHER]
    return _answer(case, together, "enough speaks for it and nothing against")


def _stands_beside(weighed: WeighedFact, best: WeighedFact) -> bool:
    """Return whether a fact answers as the best one does.

    It is about no other actor, misses no more names, and holds the kind of answer if that one does.
    """
    others = any(conflict.kind is Kind.AGENT for conflict in weighed.conflicts)
    if _lacks_the_kind(weighed) and not _lacks_the_kind(best):
        return False
    return not others and weighed.signals["foreign"] <= best.signals["foreign"]


def _lacks_the_kind(weighed: WeighedFact) -> bool:
    return any(conflict.kind is Kind.SLOT for conflict in weighed.conflicts)


def _unvetoed(case: Case) -> list[WeighedFact]:
    """Return the facts that nothing keeps from answering, best first."""
    vetoing = case.vetoing
    return [fact for fact in case.weighing.facts if not any(each.kind in vetoing for each in fact.conflicts)]


WHO_SAYS_SO = "who says so"
SAID_BEFORE = "anything before this"
NO_REPLY = "a reply to this"

LED_TO = {
    Lack.QUOTE: "the words of what was shown",
    Lack.REPLY: "the reply to what was shown",
    Lack.COUNTERPART: "the counterpart of what was shown",
}
"""What a message asks of the facts shown last, and why they lead to those that answer it."""

RULES: tuple[Rule, ...] = (
    _speakers,
    _earlier,
    _linked,
    _rest,
    _lost,
    _courtesy,
    _no_opinion,
    _of_what_was_shown,
    _strayed,
    _negated,
    _several,
    _compared,
    _corrected,
    _clarified,
    _declined,
    _vetoed,
    _answered,
)
"""In order; the last one always decides."""


def rule_switch(rule: Rule) -> str:
    """Return the name by which a rule is switched off: "rule:no-opinion"."""
    return f"rule:{rule.__name__.removeprefix('_').replace('_', '-')}"


def veto_switch(kind: Kind) -> str:
    """Return the name by which the vetoes of one kind are switched off: "veto:number"."""
    return f"veto:{kind}"


SWITCHES = (
    *(rule_switch(rule) for rule in RULES if rule not in {_declined, _vetoed, _answered}),
    *sorted(map(veto_switch, VETOING.union(*VETOING_FOLLOW_UPS.values()))),
)
"""All that can be switched off here. The last rules stand on each other: each takes for granted what the one before it
has ruled out. What declining is worth, the threshold tells; what vetoing is, the vetoes.
"""


def _answer(case: Case, facts: Sequence[WeighedFact], why: str, *, listed: bool = False) -> Answer:
    return Answer(
        question=case.question.text,
        read_as=case.question.read_as,
        facts=tuple(_cited(weighed, case.question, 1.0 if listed else weighed.share) for weighed in facts),
        listed=listed,
        explanation=explanation(case.question, case.weighing, why, case.scales),
    )


def _abstention(  # noqa: PLR0913  an abstention says much
    case: Case, reason: Reason, why: str, *, about: str = "", related: Sequence[Fact] = (), topic: str = ""
) -> Abstention:
    near = [weighed.fact for weighed in case.weighing.facts if weighed.share >= RELATED_AT]
    newest = map(case.scales.versions.newest, related)
    nearest = tuple(dict.fromkeys(fact.number for fact in (*newest, *near)))[:MOST_NEAREST]
    return Abstention(
        question=case.question.text,
        read_as=case.question.read_as,
        topic=topic,
        reason=reason,
        about=about,
        nearest=tuple(case.scales.facts[number] for number in nearest) if reason is Reason.NOT_STATED else (),
        explanation=explanation(case.question, case.weighing, why, case.scales),
    )


def _cited(weighed: WeighedFact, question: Question, score: float) -> CitedFact:
    """Return a fact with its citations; in a list, which frames make and not likeness, every fact scores 1."""
    return CitedFact(weighed.fact, score, citations_for(weighed.fact, question))


def citations_for(fact: Fact, question: Question | None = None) -> tuple[Citation, ...]:
    """Return the citations of a fact, the one that answers the question first."""
    if question is not None and question.wanted is not None and question.wanted.kind == "source":
        return _with_attribution(fact)
    return (fact.citation,) if fact.antecedent is None else (fact.citation, fact.antecedent)


def _with_attribution(fact: Fact) -> tuple[Citation, ...]:
    """Return the citations of a fact, the words that name who says so first, unless the quote holds them."""
    attribution, quote = fact.attribution, fact.citation
    if attribution is None or quote.start <= attribution.start < quote.end:
        return (quote,)
    return attribution, quote
