"""The five tools: read-only, with what they rest on, and in the hands of a LangChain agent."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest
from langchain.agents import create_agent
from langchain.agents.middleware import ModelCallLimitMiddleware
from langchain.chat_models import init_chat_model
from langchain_core.messages import ToolMessage

from assistant.answer import Kind
from assistant.ask import Desk
from assistant.helping.scripted import Line, ScriptedModel, ToolCall
from assistant.tools import Tools, langchain_tools
from tests.assistant.openai_double import Says, openai_double

QUESTION = "云岫市2021年结转下年度多少件"


def report_of(desk: Desk, file: str) -> str:
    return next(card.id for card in desk.reports() if card.source_file == file)


def test_ask_says_what_the_desk_says(desk: Desk) -> None:
    told, answer = Tools(desk).ask(QUESTION)
    assert answer == desk.ask(QUESTION)
    assert answer.text in told


def test_a_figure_is_stated_with_its_status_and_its_place(desk: Desk) -> None:
    report = report_of(desk, "yunxiu-2021.txt")
    told, (cited,) = Tools(desk).figure(report, "t3.carried_out.total")
    assert cited.printed in told
    assert cited.citation in told
    assert "verified" in told


def test_a_cell_that_fails_its_checks_is_not_stated(desk: Desk) -> None:
    failing = next(card for card in desk.reports() if "failed" in card.statuses)
    figures = desk.report(failing.id).figures
    bad = next(f for f in figures if f.status.value == "failed" and len(f.printed) > 1)
    told, _ = Tools(desk).figure(failing.id, bad.address)
    assert f" {bad.printed} " not in told
    assert "failed" in told


def test_what_is_not_there_is_said(desk: Desk) -> None:
    tools = Tools(desk)
    report = report_of(desk, "yunxiu-2021.txt")
    assert tools.figure("r-none", "t3.new.total")[1] == ()
    assert tools.figure(report, "t9.new.total")[1] == ()
    assert tools.check("r-none")[1] == ()
    assert tools.cite("这句话哪里也没有写过的")[1].passages == ()


def test_reports_are_listed_with_their_ids(desk: Desk) -> None:
    told, cards = Tools(desk).reports("云岫")
    assert {card.source_file for card in cards} == {"yunxiu-2021.txt", "yunxiu-2022.txt"}
    assert all(card.id in told for card in cards)


def test_broken_identities_are_told_with_both_sides(desk: Desk) -> None:
    failing = next(card for card in desk.reports() if card.failing)
    told, broken = Tools(desk).check(failing.id)
    assert len(broken) == failing.failing
    assert all(check.equation in told for check in broken)


def digest(store: Path) -> str:
    files = sorted(path for path in store.rglob("*.sqlite3") if path.is_file())
    return hashlib.sha256(b"".join(path.read_bytes() for path in files)).hexdigest()


def test_no_tool_changes_the_store(example_store: Path, desk: Desk) -> None:
    before = digest(example_store)
    report, tools = report_of(desk, "yunxiu-2021.txt"), Tools(desk)
    tools.ask(QUESTION)
    tools.figure(report, "t3.new.total")
    tools.cite("公开")
    tools.reports()
    tools.check(report)
    assert digest(example_store) == before


@pytest.mark.slow
def test_an_agent_of_the_real_client_calls_a_tool_and_gets_its_evidence(desk: Desk) -> None:
    call = Says(calls=(("ask", {"question": QUESTION}),))
    with openai_double(call, Says("好。")) as double:
        model = init_chat_model(
            "openai:double", base_url=double.url, api_key="none", use_responses_api=False
        )
        agent = create_agent(model, langchain_tools(desk))
        state = agent.invoke({"messages": [("user", "结转了多少？")]})
    (told,) = [m for m in state["messages"] if isinstance(m, ToolMessage)]
    assert told.artifact.kind is Kind.FIGURE
    assert told.artifact.text in told.content
    names = {tool["function"]["name"] for tool in double.asked[0]["tools"]}
    assert names == {"ask", "figure", "cite", "reports", "check"}


@pytest.mark.slow
def test_an_agent_that_goes_on_for_ever_is_stopped(desk: Desk) -> None:
    model = ScriptedModel(lines=(Line(calls=(ToolCall(name="reports", args={}),)),))
    limit = ModelCallLimitMiddleware(run_limit=3, exit_behavior="end")
    agent = create_agent(model, langchain_tools(desk), middleware=[limit])
    state = agent.invoke({"messages": [("user", "有哪些报告？")]})
    assert sum(isinstance(m, ToolMessage) for m in state["messages"]) == 3
