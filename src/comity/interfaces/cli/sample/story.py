# SPDX-License-Identifier: Apache-2.0
"""The sample case as data: who says what to whom, in order.

The frame is public: in December 2016 Spain's National Police, working with China's Ministry of Public Security,
raided call centres in villas in Madrid, Barcelona and Alicante from which callers posing as acquaintances, police and
court officers had taken about 16 million euros from people in China; 13 centres, more than 200 arrests (press, 14
December 2016; the operation was named Wall or Great Wall). Nothing else here happened: every person, number, account,
address and message is invented for this sample."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

CN, ES, MM = "CN/mps", "ES/policia-nacional", "MM/police-force"

INVENTED = "Sample data: every person, number and account is invented."


@dataclass(frozen=True, slots=True)
class Cast:
    """One node of the sample: its authority, the language its officers read first, and its place on this machine."""

    authority: str
    host: str
    port: int
    name: str
    languages: tuple[str, ...]
    timezone: str
    telephone: str


CAST = (
    Cast(CN, "cn.localhost", 8001, "公安部", ("zh-Hans", "en"), "Asia/Shanghai", "+86 000 000 0001"),
    Cast(ES, "es.localhost", 8002, "Policía Nacional", ("es", "en"), "Europe/Madrid", "+34 000 000 001"),
    Cast(MM, "mm.localhost", 8003, "မြန်မာနိုင်ငံရဲတပ်ဖွဲ့", ("my", "en"), "Asia/Yangon", "+95 000 000 001"),
)


@dataclass(frozen=True, slots=True)
class Scene:
    """One message: `who` says `kind` in the thread called `thread`; a scene with `to` opens it.

    `title` is what the progress display tells; `due_in_hours` is set by hand, for UNTOC sets no time. `file` is
    handed over with the message: a name, a media type and the content."""

    title: str
    who: str
    kind: str
    thread: str
    body: Mapping[str, Any] = field(default_factory=dict)
    to: tuple[str, ...] = ()
    file: tuple[str, str, str] | None = None
    due_in_hours: int = 0
    recalls: bool = False


_OFFENCE = {
    "categories": ["fraud-telecom", "organized-group"],
    "provisions": ["Criminal Law of the PRC, art. 266"],
    "description": "Callers posing as police and court officers had victims move savings to the group's accounts.",
    "max_penalty": "Life imprisonment",
}
_FACTS = (
    "Since the summer of 2016 callers posing as police officers rang people in China and made them move their savings "
    "to accounts of the group. The calls came over the internet from villas around Madrid and Barcelona. " + INVENTED
)
_COMMON = {
    "reference": "SAMPLE-WALL-2016-1213",
    "purpose": "Investigation of call centres that defraud people in China. " + INVENTED,
    "language": "en",
    "offence": _OFFENCE,
    "facts": _FACTS,
}
_EVIDENCE = {
    **_COMMON,
    "basis": {"instrument": "UNTOC", "article": "18"},
    "investigating_authority": "Sample Criminal Investigation Bureau, investigation stage",
}
_LINE = {"type": "phone", "value": "+34 000 000 117", "note": "Invented number"}
_ADDRESS = {
    "type": "ip-address",
    "value": "192.0.2.17",
    "at": "2016-09-05T03:12:44.000Z",
    "port": 40117,
    "note": "Documentation address, RFC 5737",
}
_PERIOD = {"start": "2016-06-01T00:00:00.000Z", "end": "2016-11-30T23:59:59.999Z"}

_CALLS = """time_utc,from,to,seconds
2016-09-05T03:12:44Z,+34 000 000 117,+86 000 0000 0001,1312
2016-09-05T04:02:10Z,+34 000 000 117,+86 000 0000 0002,2041
2016-09-06T02:44:31Z,+34 000 000 118,+86 000 0000 0003,884
"""

STORY: Sequence[Scene] = (
    Scene(
        "China asks Spain what is known of a telephone line",
        CN,
        "police-information",
        "knowledge",
        {
            **_COMMON,
            "sought": "Whether the line or the house it is billed to is known, and in which matter.",
            "reasons_to_believe": "The calls were set up through a Spanish provider's addresses.",
            "link": "Victims named the number that rang them.",
            "identifiers": [_LINE],
        },
        to=(ES,),
        due_in_hours=72,
    ),
    Scene("Spain acknowledges", ES, "acknowledged", "knowledge", {"reference": "SAMPLE-ES-2016-88"}),
    Scene(
        "China asks Spain to preserve the records before they are gone",
        CN,
        "preservation",
        "preservation",
        {
            **_COMMON,
            "basis": {"instrument": "UNTOC", "article": "18"},
            "urgency": "urgent",
            "urgency_reason": "The provider deletes call records within weeks.",
            "seeking_authority": "Sample Criminal Investigation Bureau",
            "data_categories": ["traffic", "subscriber"],
            "data": "Call records and subscriber data of the two lines and the address, no more.",
            "relation": "The calls to the victims were set up from this address.",
            "identifiers": [_LINE, _ADDRESS],
            "period": _PERIOD,
            "custodian": "Sample Telecom",
            "necessity": "Without the records neither the callers nor the victims can be identified.",
            "mla_intended": True,
        },
        to=(ES,),
        due_in_hours=20,
    ),
    Scene("Spain accepts", ES, "accepted", "preservation", {"words": "The duty court has been told."}),
    Scene(
        "Spain has the records preserved",
        ES,
        "preserved",
        "preservation",
        {
            "since": "2016-12-01T08:00:00.000Z",
            "until": "2017-03-01T08:00:00.000Z",
            "ticket": "SAMPLE-PRES-4711",
            "items": [{"category": "traffic", "description": "Call records of two lines", "period": _PERIOD}],
        },
    ),
    Scene(
        "China asks who holds the lines",
        CN,
        "subscriber-information",
        "subscriber",
        {
            **_EVIDENCE,
            "provider": "Sample Telecom",
            "identifiers": [_ADDRESS],
            "period": _PERIOD,
            "relevance": "The calls to the victims were set up from this address.",
            "data_sought": "Name, address and payment details of the subscriber, and the calls of September 2016.",
        },
        to=(ES,),
        due_in_hours=240,
    ),
    Scene("Spain acknowledges", ES, "acknowledged", "subscriber", {"reference": "SAMPLE-ES-2016-91"}),
    Scene(
        "Spain asks back",
        ES,
        "clarification",
        "subscriber",
        {"questions": ["In which time zone are the times of the calls?"]},
    ),
    Scene("China clarifies; the clock runs on", CN, "clarified", "subscriber", {"answers": ["All times are in UTC."]}),
    Scene("Spain accepts", ES, "accepted", "subscriber", {"words": "Execution is ordered."}),
    Scene(
        "Spain hands over the subscriber and the calls",
        ES,
        "produced",
        "subscriber",
        {
            "answer": "The lines are held by Sample Trading for a villa near Barcelona. " + INVENTED,
            "items": [
                {"category": "subscriber", "description": "Holder and address of the lines"},
                {"category": "traffic", "description": "Calls of September 2016, three rows"},
            ],
            "conditions": [{"type": "named-case-only"}],
            "complete": True,
            "source_statement": "Obtained from the provider under a court order of the sample duty court.",
        },
        file=("calls-2016-09.csv", "text/csv", _CALLS),
    ),
    Scene("China confirms that it came whole", CN, "confirmed", "subscriber", {"intact": True}),
    Scene(
        "China asks Myanmar to find a person",
        CN,
        "locate-person",
        "person",
        {
            **_COMMON,
            "persons": [
                {
                    "name": "样本甲",
                    "latin_name": "Sample Jia",
                    "role": "suspect",
                    "birth_date": "1985-02-28",
                    "nationality": ["CN"],
                    "note": "Invented person",
                }
            ],
            "last_seen": "Barcelona, November 2016; said to have travelled on to Yangon.",
            "when_found": "Tell us at once; do not make contact.",
        },
        to=(MM,),
        due_in_hours=48,
    ),
    Scene("Myanmar acknowledges", MM, "acknowledged", "person", {"reference": "SAMPLE-MM-2016-7"}),
    Scene(
        "Myanmar cannot: the person is not there",
        MM,
        "impossible",
        "person",
        {"reason": "person-not-found", "reasons": "No entry is recorded under the names given. " + INVENTED},
    ),
    Scene(
        "Spain offers what it found by chance, with conditions first",
        ES,
        "spontaneous-information",
        "offer",
        {
            "reference": "SAMPLE-ES-2016-95",
            "purpose": "Protection of further victims. " + INVENTED,
            "language": "en",
            "subject": "Further victims of the sample group",
            "nature": "A list of telephone numbers and dates of calls.",
            "offence": _OFFENCE,
            "relevance": "The numbers are in China.",
            "conditions": [{"type": "named-case-only"}],
        },
        to=(CN,),
    ),
    Scene("China takes the conditions", CN, "conditions-accepted", "offer", {"words": "We keep all conditions."}),
    Scene(
        "Spain hands the list over",
        ES,
        "produced",
        "offer",
        {"answer": "Three numbers. " + INVENTED, "conditions": [{"type": "named-case-only"}], "complete": True},
        file=("numbers.txt", "text/plain", "+86 000 0000 0004\n+86 000 0000 0005\n+86 000 0000 0006\n"),
    ),
    Scene(
        "Spain calls the list back: one number was wrong",
        ES,
        "recall",
        "offer",
        {"reasons": "One number belongs to somebody else. " + INVENTED},
        recalls=True,
    ),
    Scene(
        "China destroys its copy and says so",
        CN,
        "recall-destroyed",
        "offer",
        {"at": "2016-12-14T09:30:00.000Z"},
        recalls=True,
    ),
    Scene(
        "China invites Spain and Myanmar to a joint investigation",
        CN,
        "joint-investigation",
        "joint",
        {
            **_COMMON,
            "goals": "Identify the organisers, the victims and the accounts.",
            "period": {"start": "2016-12-01T00:00:00.000Z", "end": "2017-12-01T00:00:00.000Z"},
            "place": "Madrid, Sample Cybercrime Unit",
            "leaders": [
                {"name": "Officer Sample One", "authority": CN, "function": "Leader"},
                {"name": "Officer Sample Two", "authority": ES, "function": "Leader"},
            ],
            "administrators": [{"name": "Officer Sample Three", "authority": ES, "function": "Administrator"}],
            "controller": ES,
            "evidence_rules": "The law of the place of the measure; copies for each member.",
            "closure": "Evaluation within three months; each party's data are returned or sealed.",
        },
        to=(ES, MM),
        due_in_hours=336,
    ),
    Scene("Spain joins", ES, "accepted", "joint", {"words": "A liaison officer is named."}),
    Scene(
        "Myanmar joins with a condition",
        MM,
        "accepted-with-conditions",
        "joint",
        {"conditions": [{"type": "named-case-only"}]},
    ),
    Scene("China closes the question of the line", CN, "withdrawn", "knowledge", {"reasons": "Answered elsewhere."}),
)
