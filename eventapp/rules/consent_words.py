"""The words an Event's consents begin with; an organizer publishes others where they do not fit."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from eventapp.models.consent import ConsentPurpose


@dataclass(frozen=True, kw_only=True)
class Words:
    """A text in both languages. {host} becomes the host's name, {host|이/가} takes the particle that fits.

    keep_days: what stands at {period} in period_ko and period_en, and what the clean-up obeys.
    """

    title_ko: str
    title_en: str
    items_ko: str
    items_en: str
    uses_ko: str
    uses_en: str
    period_ko: str
    period_en: str
    refusal_ko: str
    refusal_en: str
    keep_days: int | None = None


GAP = "{period}"
YEAR = 365


def in_words(days: int, language: str) -> str:
    """30일, 1년 · 30 days, one year."""
    years, rest = divmod(days, YEAR)
    if language == "ko":
        return f"{days}일" if rest else f"{years}년"
    count, one = (days, "day") if rest else (years, "year")
    return f"one {one}" if count == 1 else f"{count} {one}s"


def filled(words: Words) -> Words:
    """With the period where its gap stands."""
    days = words.keep_days
    if days is None:
        return words
    korean = words.period_ko.replace(GAP, in_words(days, "ko"))
    english = words.period_en.replace(GAP, in_words(days, "en"))
    return replace(words, period_ko=korean, period_en=english[:1].upper() + english[1:])


def opened(words: Words) -> Words:
    """The other way round, to write the next version from this one."""
    if words.keep_days is None:
        return words
    korean, english = (re.escape(in_words(words.keep_days, language)) for language in ("ko", "en"))
    return replace(
        words,
        period_ko=re.sub(rf"(?<!\d){korean}", GAP, words.period_ko, count=1),
        period_en=re.sub(rf"\b{english}\b", GAP, words.period_en, count=1, flags=re.IGNORECASE),
    )


CHANGES_NOTHING_KO = "동의하지 않으셔도 참석에는 아무 변화가 없습니다."
CHANGES_NOTHING_EN = "If you say no, nothing changes about your place."
PROPOSED = {
    ConsentPurpose.PERSONAL_DATA: Words(
        title_ko="개인정보 수집과 이용",
        title_en="Personal data",
        items_ko=(
            "회사, 이름, 직함, 부서, 휴대전화, 이메일, 쓰시는 언어, 참석 일정, 여정과 방, "
            "질문에 답하신 내용, 명찰과 체크인 시각"
        ),
        items_en=(
            "Company, name, title, department, mobile phone, e-mail, language, the days you come, journey and room, "
            "what you answer to our questions, badge and the times it was scanned"
        ),
        uses_ko="초대와 등록, 자리와 방과 버스 준비, 안내 편지, 현장 체크인",
        uses_en="Invitation and registration, seats, rooms and buses, letters about the day, check-in",
        keep_days=YEAR,
        period_ko="행사가 끝난 날부터 {period}. 그 전에도 지워 달라고 하실 수 있습니다.",
        period_en="{period} from the last day. You can have it erased before.",
        refusal_ko="동의하지 않으실 수 있습니다. 다만 이 정보 없이는 자리와 명찰을 준비해 드릴 수 없습니다.",
        refusal_en="You may say no. Without this, though, we cannot prepare a place and a badge for you.",
    ),
    ConsentPurpose.SENSITIVE_DIET: Words(
        title_ko="식사와 알레르기(민감정보)",
        title_en="Meals and allergies (sensitive data)",
        items_ko="드시지 않는 음식, 알레르기처럼 건강이나 신념을 알 수 있는 내용",
        items_en="What you do not eat, and allergies: they may tell about health or belief",
        uses_ko="식사 준비와 현장에서의 안전",
        uses_en="Preparing the meals, and your safety on the day",
        keep_days=30,
        period_ko="행사가 끝난 날부터 {period}",
        period_en="{period} from the last day",
        refusal_ko="동의하지 않으실 수 있습니다. 그러면 적어 주신 내용을 바로 지우고 일반 식사를 준비합니다.",
        refusal_en="You may say no. Then we erase what you told us at once and prepare the usual meals.",
    ),
    ConsentPurpose.PARTNERS_CONTACT: Words(
        title_ko="다른 협력사와 연락처 나누기",
        title_en="Sharing your contact with the other partners",
        items_ko="회사, 이름, 직함, 휴대전화, 이메일",
        items_en="Company, name, title, mobile phone, e-mail",
        uses_ko="행사가 끝난 뒤, 그해 참석하신 다른 협력사 분들께 보여 드려 서로 연락하실 수 있게 합니다.",
        uses_en="After the day it is shown to the other partners who came that year, so that you can keep in touch.",
        keep_days=YEAR,
        period_ko="행사가 끝난 날부터 {period}",
        period_en="{period} from the last day",
        refusal_ko=CHANGES_NOTHING_KO,
        refusal_en=CHANGES_NOTHING_EN,
    ),
    ConsentPurpose.PHOTOGRAPHS: Words(
        title_ko="사진과 영상",
        title_en="Photographs and film",
        items_ko="행사 사진과 영상에 담긴 모습",
        items_en="How you appear in photographs and films of the day",
        uses_ko="행사 기록, {host|이/가} 전하는 소식과 블로그",
        uses_en="The record of the day, news and the blog of {host}",
        period_ko="공개한 날부터 3년. 그 전에도 말씀하시면 내립니다.",
        period_en="Three years from the day they are shown. We take them down before, if you ask.",
        refusal_ko=CHANGES_NOTHING_KO,
        refusal_en=CHANGES_NOTHING_EN,
    ),
}
