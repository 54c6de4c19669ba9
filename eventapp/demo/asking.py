"""What the demo's organizers ask besides, and what some of the attendees answered."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, time
from zoneinfo import ZoneInfo

from eventapp.models.event import Event
from eventapp.models.letter_plan import Planned
from eventapp.models.programme import Kind
from eventapp.models.question import YES, Asks, Question, Value
from eventapp.models.registration import Attendee
from eventapp.rules import (
    letter_plans,
    question_answers,
    questions,
    seats,
    seminar_answers,
    seminar_questions,
)
from eventapp.rules.questions import Draft

SEOUL = ZoneInfo("Asia/Seoul")
Step = tuple[datetime, Callable[[], object]]
SIZES = (("S", ""), ("M", ""), ("L", ""), ("XL", ""), ("제 옷을 입겠습니다", "I bring my own"))
TOPICS = (
    ("내년 장비 구매 계획", "What equipment will be bought next year"),
    ("데이터센터 이중화", "A second data centre"),
    ("카카오의 AI", "AI at Kakao"),
    ("함께 만드는 새 서비스", "New services made together"),
)


AHEAD = (
    (Kind.INFRASTRUCTURE, "내년 서버 물량은 언제쯤 정해지나요?"),
    (Kind.SEMINAR, "납기를 두 주 앞당기면 서로 어떤 점이 나아질까요?"),
    (Kind.AI, "AI 학습 장비는 어떤 규격을 보고 계신가요?"),
    (Kind.SEMINAR, "장애가 났을 때 연락 창구를 하나로 모을 수 있을까요?"),
    (Kind.INFRASTRUCTURE, "장비 구매 계획을 분기마다 들을 수 있을까요?"),
)
ANSWERED = {
    "question_ko": "내년 장비 구매 계획은 언제 알 수 있나요?",
    "question_en": "When will next year's equipment plan be known?",
    "answer_ko": "12월 중순에 한 해 계획을 정하고, 분기가 시작되기 한 달 전에 물량을 알려 드리겠습니다.",
    "answer_en": "The year is planned by the middle of December; you will hear the quantities a month before each quarter.",
}


def plan_letters(event: Event) -> None:
    """What leaves by itself before the days and after them."""
    soon = {
        "words_ko": "바람이 차갑습니다. 따뜻한 겉옷을 챙겨 주십시오.",
        "words_en": "The wind is cold on the island. Please bring a warm coat.",
    }
    for letter, days, own_words in (
        (Planned.PART_WANTED, 7, {}),
        (Planned.SOON, 2, soon),
        (Planned.THANKS, 1, {}),
    ):
        plan = letter_plans.Draft(is_on=True, days=days, at=time(10), **own_words)
        letter_plans.change(event, letter, draft=plan)


def planned_hours(event: Event) -> list[Step]:
    """When the postman has something of these to bring, though nobody does anything."""
    plans = [plan for plan in letter_plans.of(event) if plan.is_on]
    return [(letter_plans.due_at(plan, run), lambda: None) for plan in plans for run in seats.runs(event)]


def ask(event: Event) -> None:
    """Four questions, none of which has to be answered."""
    about = {"help_ko": "데이터센터 안은 늘 서늘합니다.", "help_en": "The data hall is always cool."}
    jacket = {
        "text_ko": "투어 때 입을 재킷 크기",
        "text_en": "Jacket size for the tour",
        "choices": SIZES,
        **about,
    }
    questions.add(event, Draft(kind=Asks.ONE, **jacket))
    topics = {"text_ko": "먼저 듣고 싶은 주제", "text_en": "What would you like to hear about first?"}
    questions.add(event, Draft(kind=Asks.SEVERAL, choices=TOPICS, **topics))
    first = {
        "text_ko": "제주 본사는 처음이신가요?",
        "text_en": "Is this your first visit to our headquarters?",
    }
    parent = questions.add(event, Draft(kind=Asks.YES_NO, **first))
    see = {"text_ko": "꼭 보고 싶은 곳이 있나요?", "text_en": "Is there a place you would like to see?"}
    questions.add(event, Draft(kind=Asks.TEXT, depends_on_id=parent.id, depends_value=YES, **see))


def answer(attendee: Attendee) -> None:
    """Two of three answer; what they say goes by their number."""
    if attendee.id % 3:
        asked = question_answers.asked_of(attendee)
        question_answers.save(attendee, {one.id: said(one, attendee.id) for one in asked})
    if attendee.id % 3 == 0:
        kind, text = AHEAD[attendee.id // 3 % len(AHEAD)]
        seminar_questions.ask(attendee, text, kind=kind, named=attendee.id % 2 == 0)


def answered_ahead(event: Event) -> list[Step]:
    """One answer to what several asked; the rest waits, also after the days."""
    return [(datetime(2017, 10, 15, 16, 30, tzinfo=SEOUL), lambda: _answer_alike(event))]


def _answer_alike(event: Event) -> None:
    alike = [one.id for one in seminar_answers.waiting(event) if one.kind == Kind.INFRASTRUCTURE]
    topic = seminar_answers.group(event, alike)
    seminar_answers.write(topic, seminar_answers.Words(**ANSWERED), publish=True)


def said(question: Question, number: int) -> Value:
    """One of the answers that may be given."""
    if question.kind == Asks.SEVERAL:
        return [key for place, key in enumerate(question.keys) if (number // 3 + place) % 3 == 0]
    if question.kind == Asks.TEXT:
        return "옥상 정원을 보고 싶습니다." if number % 4 == 0 else ""
    return question.keys[number % len(question.keys)]
