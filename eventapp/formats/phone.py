"""Telephone numbers: whatever was typed or came out of a sheet, kept as E.164, shown the national way."""

import re
import unicodedata
from decimal import Decimal, InvalidOperation

import phonenumbers
from phonenumbers import NumberParseException, PhoneNumber, PhoneNumberFormat, ValidationResult

_MOBILE_DIGITS = 11  # 010-1234-5678
_LONGEST_TYPED = 40


class PhoneProblem(ValueError):
    """Why a text is no number: code too_short (`missing` digits, at least 1), too_long or not_a_number."""

    def __init__(self, code: str, missing: int = 0) -> None:
        super().__init__(code)
        self.code = code
        self.missing = missing


def parse(text: str, region: str = "KR") -> str:
    """E.164 (+821012345678). Takes full-width digits, 1012345678.0 and a lost leading zero.

    A 010 number is measured, not looked up: unassigned ones such as 010-0000-2009 pass, and one digit short,
    which the numbering plan alone would let through, does not. Raises PhoneProblem.
    """
    typed = _digits(text)
    mobile = _mobile(typed) if region == "KR" or typed.startswith("+82") else None
    if mobile is None:
        return _planned(typed, region)
    if len(mobile) < _MOBILE_DIGITS:
        raise PhoneProblem("too_short", _MOBILE_DIGITS - len(mobile))
    if len(mobile) > _MOBILE_DIGITS:
        raise PhoneProblem("too_long")
    return f"+82{mobile[1:]}"


def national(e164: str) -> str:
    """010-0000-2009 for a Korean number, +1 650-253-0000 for one from abroad; anything else as it is."""
    if re.fullmatch(r"\+8210\d{8}", e164):
        return f"010-{e164[5:9]}-{e164[9:]}"
    try:
        number = phonenumbers.parse(e164, None)
    except NumberParseException:
        return e164
    style = PhoneNumberFormat.NATIONAL if number.country_code == 82 else PhoneNumberFormat.INTERNATIONAL
    return phonenumbers.format_number(number, style)


def last_four(e164: str) -> str:
    """The last four digits, which the door searches by; fewer when there are fewer."""
    return re.sub(r"\D", "", e164)[-4:]


def _digits(text: str) -> str:
    """Digits with at most a plus in front; every usual separator is gone. Raises PhoneProblem for the rest."""
    folded = unicodedata.normalize("NFKC", text or "").strip().removeprefix("tel:")
    if len(folded) > _LONGEST_TYPED:
        raise PhoneProblem("too_long" if re.fullmatch(r"[\d\s+-]+", folded) else "not_a_number")
    folded = re.sub(r"[\u2010-\u2015\u2212\u30fc~]", "-", folded)
    if re.fullmatch(r"\d+\.0+|\d(\.\d+)?[eE]\+?\d{1,2}", folded):
        folded = _whole(folded)
    bare = re.sub(r"[\s().\-/]", "", folded)
    if not re.fullmatch(r"\+?[0-9]+", bare):
        raise PhoneProblem("not_a_number")
    return f"+{bare[2:]}" if bare.startswith("00") and len(bare) > 11 else bare


def _whole(number: str) -> str:
    try:
        return str(int(Decimal(number)))
    except InvalidOperation:
        raise PhoneProblem("not_a_number") from None


def _mobile(typed: str) -> str | None:
    """The national digits of something that begins like a 010 number, else None."""
    if re.fullmatch(r"82(0?10)\d{4,}", typed):
        typed = f"+{typed}"  # a sheet took the plus for arithmetic
    rest = typed.removeprefix("+82")
    if typed.startswith("+82") or (len(typed) == 10 and typed.startswith("10")):
        rest = f"0{rest.removeprefix('0')}"
    return rest if rest.startswith("010") else None


def _planned(typed: str, region: str) -> str:
    """By the numbering plan of the country. Raises PhoneProblem."""
    number = _number(typed, region)
    if number is None:
        if len(typed.lstrip("+")) < 3:
            raise PhoneProblem("too_short", 9 - len(typed.lstrip("+")))
        raise PhoneProblem("not_a_number")
    if phonenumbers.is_valid_number(number):
        return phonenumbers.format_number(number, PhoneNumberFormat.E164)
    for missing in range(1, 8):
        longer = _number(typed + "2" * missing, region)
        if longer is not None and phonenumbers.is_valid_number(longer):
            raise PhoneProblem("too_short", missing)
    if _too_long(typed, number, region=region):
        raise PhoneProblem("too_long")
    raise PhoneProblem("not_a_number")


def _number(typed: str, region: str) -> PhoneNumber | None:
    try:
        return phonenumbers.parse(typed, region)
    except NumberParseException:
        return None


def _too_long(typed: str, number: PhoneNumber, *, region: str) -> bool:
    if phonenumbers.is_possible_number_with_reason(number) == ValidationResult.TOO_LONG:
        return True
    shorter = (_number(typed[:-cut], region) for cut in (1, 2))
    return any(one is not None and phonenumbers.is_valid_number(one) for one in shorter)
