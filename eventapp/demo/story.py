"""The story of each company up to 16 October 2017, and how it went on until the two runs."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Seat:
    """One seat of the story.

    run: 1, 2 or None (the colleague chooses). done: the attendee finished their own part.
    coordinator: the coordinator comes in person.
    """

    run: int | None
    done: bool = False
    coordinator: bool = False


@dataclass(frozen=True)
class Story:
    """What one company did. Days are days of October 2017; None: it never happened.

    together: whoever waits for a place waits for all of them. seats: by 16 October. later: what the rest of the seats became by the end of October.
    """

    opened: int | None = None
    answered: int | None = None
    seats: tuple[Seat, ...] = ()
    later: tuple[Seat, ...] = ()
    bounced: bool = False
    sent_again: int | None = None
    keeps_open: bool = False
    declines: str | None = None
    substitutes: bool = False
    one_stays_on_duty: bool = False
    together: bool = False


ME1, ME2 = Seat(1, True, True), Seat(2, True, True)
D1, D2, H1, H2 = Seat(1, True), Seat(2, True), Seat(1), Seat(2)

COMPANIES: dict[str, Story] = {
    "마루소프트": Story(5, 12, (ME1, H1), (D1,), one_stays_on_duty=True),
    "이음네트웍스": Story(later=(D1, D1)),
    "온마음상담": Story(bounced=True, later=(D2, D2, D2)),
    "가람서버": Story(7, later=(D1, D1, D1)),
    "채움상사": Story(5, 9, (ME1,), (D1,)),
    "누리디비": Story(6, 10, (Seat(2, False, True), H2)),
    "바람골IDC": Story(13, later=(D1, D1, D1)),
    "빠른길CDN": Story(14, later=(D1, D1, D2)),
    "곧은공사": Story(sent_again=12, later=(D2, D2, D2)),
    "삼나무공방": Story(11, keeps_open=True, later=(D2, D2, D2)),
    "오름회선": Story(6, 11, (H1,), (D1,)),
    "물결CDN": Story(5, 13, (H1,), (D1,)),
    "다온시스템즈": Story(9, 14, (ME2,), (D2,)),
    "해솔데이터": Story(10, 15, (H2, H2), together=True),
    "터다짐건설": Story(6, 11, (D2,), (D2,)),
    "한결데이터센터": Story(5, 8, (ME1, H1)),
    "새별통신망": Story(5, 9, (ME1, D1, H1)),
    "가까이네트": Story(7, 13, (H2, Seat(2, False, True))),
    "돌담네트워크": Story(4, 10, (ME1, H1, H1)),
    "울담시큐리티": Story(5, 11, (D1, H1)),
    "고운말고객센터": Story(4, 8, (ME1, H2), substitutes=True, one_stays_on_duty=True),
    "하람비품": Story(6, 13, (H2, Seat(None))),
    "너른터아이디씨": Story(4, 5, (ME1, D1)),
    "이어도라인": Story(4, 6, (ME2, D2, D2)),
    "돌하르시스템": Story(4, 7, (D1, D1, D1)),
    "차곡데이터": Story(5, 9, (ME2, D2)),
    "매듭네트웍스": Story(4, 5, (ME1, D1)),
    "여울소프트": Story(4, 6, (ME1, D2), one_stays_on_duty=True),
    "글결소프트": Story(5, 7, (D2, D2)),
    "밤새보안": Story(4, 4, (ME1, D1, D1)),
    "비자림설비": Story(6, 9, (ME2, D2)),
    "손길서비스": Story(5, 6, (D2, D2)),
    "또박전산": Story(4, 8, (ME1, D1)),
    "나무결가구": Story(5, 10, (ME2, D2)),
    "지킴이랩": Story(5, 10, declines="그 주에 관제 이전이 있어 자리를 비우기 어렵습니다."),
    "앉은자리": Story(6, 12, declines=""),
}

NAMES = (
    "오세린 대리", "정도현 부장", "유나래 사원", "남궁은별 과장", "임보름 차장", "강이현 부장", "문서우 팀장",
    "노아라 대리", "백시우 과장", "차은결 과장", "조민서 대리", "남가은 팀장", "황재우 팀장", "홍주영 대표",
    "선우해솔 대리", "서다온 과장", "한여름 사원", "구본결 차장", "하윤슬 대리", "배이든 과장", "안다솜 대리",
    "양하늘 부장", "제갈민준 이사", "전라온 사원", "고이안 팀장", "표은찬 대리", "신새봄 과장", "도담희 차장",
    "마은호 과장", "설지안 대리", "변우진 부장", "진초롱 사원", "탁현우 팀장", "피서준 과장", "함다은 대리",
    "방시온 차장", "옥지후 사원", "명세아 대리", "기유찬 과장", "연지호 부장", "편하람 대리", "국예린 과장",
    "엄태린 팀장", "추가람 사원", "소이준 차장", "견미래 대리", "반솔 과장", "감은우 부장", "모예준 대리",
    "봉아인 팀장", "사공윤 이사", "어진서 과장", "육하진 대리", "인보라 사원", "장마루 차장", "주은솔 과장",
    "독고영재 부장", "현이솔 대리", "빈서율 과장", "금나윤 팀장",
)  # fmt: skip
ENGLISH_NAMES = (
    ("Priya Raghunathan", "Solution Architect"),
    ("Daniel Weber", "Director"),
    ("Maximilian Hohenstaufen-Waldburg", "Vice President"),
    ("Aiko Tanaka", "Manager"),
    ("Claire Dubois", "Engineer"),
)
DIETS = {4: "vegetarian", 11: "no seafood", 19: "vegetarian", 27: "halal", 38: "vegan"}

WISHES = (
    (11, "너른터아이디씨", "전산실을 맡은 동료와 함께 가고 싶습니다."),
    (13, "매듭네트웍스", ""),
)  # day of October, who would like one more seat, why
