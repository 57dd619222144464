# SPDX-License-Identifier: Apache-2.0
"""Django's name for these records."""

from django.apps import AppConfig


class CasefilesConfig(AppConfig):
    """The app `casefiles`."""

    name = "comity.records.casefiles"
    label = "casefiles"
