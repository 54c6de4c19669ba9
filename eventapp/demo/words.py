"""The words of the 2017 day: its Event, its two runs, its agenda."""

from __future__ import annotations

from datetime import date
from typing import Any

EVENT: dict[str, Any] = {
    "since_year": 2009,
    "name_ko": "2017 파트너스 데이",
    "name_en": "2017 Partners Day",
    "full_name": "2017 Most Valuable Partners Day",
    "headline_ko": "파트너의,\n파트너에 의한,\n파트너를 위한 이틀",
    "headline_en": "Two days\nof, by and for\nthe partners",
    "about_ko": (
        "계약서에 적힌 관계에서 한 걸음 내려와, 한 가족으로서 지난 일 년을 돌아보고 앞으로도 더불어 "
        "성장하자고 다짐하는 자리입니다. 전시도 발표회도 아닙니다. 만나서 이야기합니다."
    ),
    "about_en": (
        "Two days to step out of our contracts, look back on the year as one family and promise each other "
        "to keep growing together. No exhibition, no show. We meet and we talk."
    ),
    "history_ko": (
        "달라진 것은 이야깃거리이고, 달라지지 않은 것은 마주 앉는 일입니다. "
        "2009년에 시작한 초대를 지금도 이어 가고 있습니다."
    ),
    "history_en": (
        "What changes is what we talk about; what does not is that we sit down face to face. "
        "The invitation that began in 2009 goes on."
    ),
    "place_ko": "카카오 제주 본사",
    "place_en": "Kakao headquarters, Jeju",
    "place_note_ko": "제주 한라산 문턱에서 하룻밤 머뭅니다.\n공항까지 저희가 마중 나갑니다.",
    "place_note_en": "One night at the foot of Hallasan.\nWe meet you at the airport.",
    "address_ko": "제주특별자치도 제주시 첨단로 242",
    "address_en": "242 Cheomdan-ro, Jeju-si, Jeju-do",
    "map_url": "https://map.kakao.com/link/search/제주시 첨단로 242",
    "host_ko": "카카오",
    "host_en": "Kakao",
    "team_ko": "카카오 파트너협력팀",
    "team_en": "Kakao Partner Relations",
    "sender_name": "카카오 파트너협력팀",
    "sender_email": "partners@host.example",
    "reply_phone": "+821000002009",
    "greeting_ko": "제주에 겨울이 오기 전에 안부 먼저 전합니다. 올 한 해도 {company|와/과} 함께여서 든든했습니다.",
    "greeting_en": "Before winter reaches Jeju, a word to ask how you are. It was good to have {company} at our side this year.",
    "letter_ko": (
        "2009년부터 이어 온 파트너스 데이를 올해도 제주 본사에서 엽니다. 본사를 같이 걷고, "
        "인프라와 AI를 어디까지 만들었고 어디로 가려는지 있는 그대로 들려드리려 합니다."
    ),
    "letter_en": (
        "The Partners Day we have kept since 2009 takes place at our headquarters in Jeju again. We will walk "
        "the house together and tell you plainly how far our infrastructure and AI have come, and where they go."
    ),
}

MORE_PLACES = 42  # in run 2, once the hotel had more rooms
RUNS: tuple[dict[str, Any], ...] = (
    {
        "number": 1,
        "starts_on": date(2017, 11, 9),
        "ends_on": date(2017, 11, 10),
        "capacity": 43,
        "names_due_on": date(2017, 10, 25),
        "travel_due_on": date(2017, 11, 1),
        "meals_due_on": date(2017, 11, 6),
        "venue_ko": "카카오 제주 본사",
        "venue_en": "Kakao headquarters, Jeju",
    },
    {
        "number": 2,
        "starts_on": date(2017, 11, 16),
        "ends_on": date(2017, 11, 17),
        "capacity": 22,
        "names_due_on": date(2017, 10, 25),
        "travel_due_on": date(2017, 11, 8),
        "meals_due_on": date(2017, 11, 13),
        "venue_ko": "카카오 제주 본사",
        "venue_en": "Kakao headquarters, Jeju",
    },
)

# day of the run (0, 1), from, to, kind, Korean title, English title, Korean text, English text,
# Korean room, English room, places, group
SPEAKERS = {  # by the item's title: name, title and affiliation in Korean and English
    "인프라 동향": (
        ("문하람", "Haram Moon", "이사", "Director", "카카오 인프라", "Kakao Infrastructure"),
        ("노은별", "Eunbyeol Noh", "매니저", "Manager", "카카오 구매", "Kakao Purchasing"),
    ),
    "AI 동향": (("표가온", "Gaon Pyo", "팀장", "Team lead", "카카오 AI", "Kakao AI"),),
}
AGENDA: tuple[tuple[Any, ...], ...] = (
    (0, "09:00", "10:00", "transfer", "도착과 등록", "Arrival and welcome",
     "공항에서 버스로 모십니다.", "A bus brings you from the airport.", "1층 로비", "Lobby, 1F", None, None),
    (0, "10:00", "11:30", "tour", "제주 본사 투어", "HQ tour",
     "함께 만든 서비스가 움직이는 곳을 두 조로 나누어 걷습니다.",
     "In two groups we walk through the house where what we built together is at work.",
     "1층 로비", "Lobby, 1F", 22, 1),
    (0, "10:00", "11:30", "tour", "제주 본사 투어", "HQ tour",
     "함께 만든 서비스가 움직이는 곳을 두 조로 나누어 걷습니다.",
     "In two groups we walk through the house where what we built together is at work.",
     "1층 로비", "Lobby, 1F", 22, 2),
    (0, "12:00", "13:10", "meal", "점심 식사", "Lunch", "", "", "지하 1층 식당", "Restaurant, B1", None, None),
    (0, "13:30", "15:00", "seminar", "동반성장 세미나", "Shared-growth seminar",
     "미리 받은 질문에 담당자가 직접 답합니다.", "The people in charge answer the questions you sent ahead.",
     "멀티홀", "Multi hall", None, None),
    (0, "15:20", "16:40", "infrastructure", "인프라 동향", "Infrastructure trends",
     "지금의 인프라와 앞으로의 장비 투자 방향을 나눕니다.",
     "Where our infrastructure stands, and what equipment we will invest in.",
     "멀티홀", "Multi hall", None, None),
    (0, "18:00", "20:00", "meal", "저녁 식사", "Dinner", "협력사와 한 식탁에 앉습니다.",
     "All partners at one table.", "오름 식당", "Oreum restaurant", None, None),
    (1, "09:30", "10:50", "ai", "AI 동향", "AI trends",
     "카카오가 AI로 무엇을 만들고 어디로 가는지 이야기합니다.",
     "What Kakao builds with AI, and where it is going.", "멀티홀", "Multi hall", None, None),
    (1, "11:00", "11:50", "ai", "묻고 답하기", "Questions and answers", "", "", "멀티홀", "Multi hall", None, None),
    (1, "12:00", "13:10", "meal", "점심 식사", "Lunch", "", "", "지하 1층 식당", "Restaurant, B1", None, None),
    (1, "13:30", "14:20", "transfer", "공항으로", "To the airport", "비행 시각에 맞추어 두 번 떠납니다.",
     "Two buses, timed for your flights.", "정문 앞 버스", "Bus at the main gate", None, None),
)  # fmt: skip
