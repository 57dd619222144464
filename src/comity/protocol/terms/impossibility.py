# SPDX-License-Identifier: Apache-2.0
"""Why a request that is not refused still cannot be carried out."""

from comity.protocol.terms.vocabulary import Source, Term, Vocabulary

_ANNEX_III = (Source("EU-2023-1543", "Annex III"),)
_ARTICLE_22 = (Source("EU-2018-1805", "22"),)

IMPOSSIBILITY = Vocabulary(
    "impossibility-reasons",
    "Reasons why it is impossible",
    (
        Term("not-held", "The data were never held by the provider", sources=_ANNEX_III),
        Term("no-longer-held", "The data are no longer held", sources=_ANNEX_III),
        Term("de-facto-impossible", "Circumstances make it impossible in fact", sources=_ANNEX_III),
        Term("incomplete", "The request is incomplete", sources=_ANNEX_III),
        Term("manifest-error", "The request contains a manifest error", sources=_ANNEX_III),
        Term("insufficient-information", "The information does not suffice to carry it out", sources=_ANNEX_III),
        Term("already-confiscated", "The property is already confiscated", sources=_ARTICLE_22),
        Term("disappeared", "The property or money has disappeared", sources=_ARTICLE_22),
        Term("destroyed", "The property or data were destroyed", sources=_ARTICLE_22),
        Term("not-found", "The property was not found where stated", sources=_ARTICLE_22),
        Term("location-imprecise", "The location was not stated precisely enough", sources=_ARTICLE_22),
        Term("person-not-found", "The person was not found"),
        Term("identifier-unknown", "The identifier does not exist here"),
        Term("deadline-passed", "The time for it has passed"),
        Term("not-this-authority", "Another authority or country is competent"),
        Term("other", "Another reason, stated in words"),
    ),
)
