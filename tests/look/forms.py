"""Made-up forms for the gallery: as typed halfway, with and without something to put right."""

from __future__ import annotations

from typing import Any

from wtforms import BooleanField, Form, RadioField, SelectField, StringField, TextAreaField


class Naming(Form):
    """One seat being named."""

    name = StringField("이름", default="오세린")
    title = StringField("직함", default="대리")
    phone = StringField("휴대전화", default="010-0000-4417")
    email = StringField("이메일")
    run = RadioField(
        "언제 오시나요?",
        choices=[
            ("1", "1차 11월 9\u200a–\u200a10일"),
            ("2", "2차 11월 16\u200a–\u200a17일"),
            ("", "날짜는 본인이 고르기"),
        ],
        default="1",
    )
    duty = BooleanField("같은 날 모두 자리를 비우기는 어렵습니다")


class Parts(Form):
    """Every kind of field once."""

    name = StringField("이름", default="오세린")
    title = StringField("직함", default="대리")
    phone = StringField("휴대전화", default="010-0000-44")
    email = StringField("이메일")
    sector = SelectField("분야", choices=[("idc", "IDC"), ("cdn", "CDN")])
    wish = TextAreaField("남기실 말씀")


class Waiting(Form):
    """Together or one by one."""

    party = RadioField(
        "자리가 나면", choices=[("together", "둘이 함께"), ("single", "한 분씩")], default="together"
    )


def naming() -> Naming:
    """A form nobody has pressed yet."""
    return Naming()


def waiting() -> Waiting:
    """A party of two on the waitlist."""
    return Waiting()


def parts(**errors: Any) -> Parts:
    """The parts page's form; errors by field name, as sentences."""
    form = Parts()
    for name, sentence in (errors or {"phone": "두 자리가 더 있어야 전화를 드릴 수 있습니다."}).items():
        form[name].errors = [sentence]
    return form
