"""What the pages say, whatever the language; `words_zh` and `words_en` hold the texts."""

from __future__ import annotations

from dataclasses import dataclass

from index.context import Bound
from index.report import Status, Strength


@dataclass(frozen=True)
class StatusWord:
    """A status as it is shown: a sign that needs no colour, a word, and what it means."""

    sign: str
    word: str
    meaning: str


@dataclass(frozen=True)
class Words:
    """Every text of the pages in one language. ``{…}`` are filled in by `str.format`."""

    lang: str
    title: str
    tagline: str
    tab_chat: str
    tab_reports: str
    tab_check: str
    ask: str
    ask_label: str
    ask_placeholder: str
    ask_first: str
    new: str
    chat_label: str
    welcome: str
    welcome_hint: str
    working: str
    evidence: str
    evidence_label: str
    evidence_empty: str
    evidence_none: str
    see_evidence: str
    did_you_mean: str
    model: str
    model_understood: str
    model_phrased: str
    model_offered: str
    model_cost: str
    called: str
    stated: str
    about: str
    scope: str
    time: str
    remark: str
    planned: str
    of_each: str
    whole: str
    changed: str
    status: str
    bar: str
    bars_more: str
    all_evidence: str
    each_figure: str
    copy: str
    legend: str
    statuses: dict[Status, StatusWord]
    tables: dict[str, str]
    prose_statuses: dict[Status, str]
    bounds: dict[Bound, str]
    reasons: dict[str, str]
    kinds: dict[str, str]
    drafted: str
    strengths: dict[Strength, str]
    failing: str
    holds: str
    left: str
    right: str
    difference: str
    open_value: str
    candidates: str
    proven_zero: str
    no_print: str
    used: str
    formula: str
    report_column: str
    place_column: str
    value_column: str
    status_column: str
    item: str
    unit: str
    table: str
    prose: str
    source: str
    source_words: str
    file: str
    section: str
    section_no: str
    before_sections: str
    characters: str
    page: str
    not_in_source: str
    show_rows: str
    whole_table: str
    few_rows: str
    more_evidence: str
    more_candidates: str
    report_gone: str
    reports: str
    reports_label: str
    filter: str
    only_failing: str
    failing_count: str
    all_hold: str
    not_comparable: str
    no_tables: str
    no_tables_short: str
    asked_question: str
    scripts: dict[str, str]
    passages: str
    figures: str
    pick_report: str
    body: str
    year: str
    period: str
    form: str
    script: str
    unknown: str
    notes: str
    empty_title: str
    empty_text: str
    broken: str
    check_files: str
    check_start: str
    check_indexed: str
    check_workbook: str
    check_page: str
    check_notes: str
    check_choose: str
    check_wishes: str
    check_due: str
    check_due_help: str
    check_due_like: str
    check_copied: str
    check_copied_help: str
    check_copied_like: str
    check_units: str
    check_units_help: str
    check_units_like: str
    check_alone: str
    check_by: str
    check_by_due: str
    check_by_copied: str
    check_by_units: str
    check_progress: str
    check_pick: str
    check_summary: str
    check_read: str
    check_clean: str
    check_unread: str
    check_others: str
    comma: str
    check_matrix: str
    check_report: str
    check_findings: str
    check_nothing: str
    check_more: str
    check_more_rows: str
    check_basis: str
    report_findings: str
    finding_place: str
    asked_cell: str
    answer_cell: str
    input_cell: str
    broken_cell: str
    ask_figure: str
    ask_compare: str
    ask_vague: str
    ask_passage: str
    named: str
    organisations: str
    litigation: str
    language: str
    opened: str
    tab_draft: str
    draft_body: str
    draft_year: str
    draft_fee: str
    draft_begin: str
    draft_no_citations: str
    draft_allow: str
    draft_which: str
    draft_upload: str
    draft_override: str
    draft_override_warn: str
    draft_override_reason: str
    draft_override_like: str
    draft_overridden: str
    draft_outcome: str
    draft_download: str
    draft_counts: str
    draft_last: str
    draft_no_last: str
    draft_balances: str
    draft_failing: str
    draft_self_check: str
    draft_look: str
    draft_stale: str
    draft_problems: str
    draft_keep: str
    draft_rests: str
    draft_files: dict[str, str]
