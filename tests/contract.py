"""Holds every request the tests send against Discord's own description and its written limits.

The description is Discord's published OpenAPI file; its path is in ``DISCORD_OPENAPI``. The
limits below are those that stand in Discord's documentation but not in that file.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

from jsonschema_rs import Draft202012Validator

from bot.render.markdown import size

CONTENT, EMBEDS_TOTAL, CHOICE_NAME, CHOICE_VALUE, CHOICES = 2000, 6000, 100, 100, 25
ALT_TEXT = 1024
COMMAND_TOTAL, OPTIONS = 8000, 25
COMPONENTS, COMPONENT_TEXT, FORM_TITLE = 40, 4000, 45
# Kinds and flags as Discord numbers them.
ACTION_ROW, BUTTON, LABEL, MODAL, COMPONENTS_V2 = 1, 2, 18, 9, 1 << 15


def faults(method: str, path: str, body: Any) -> list[str]:
    """Everything wrong with one request's body, in words; empty when it is right."""
    if body is None:
        return []
    if path == "/users/@me/channels":
        # discord.py writes the id as a number, which Discord takes though it describes a text.
        body = {**body, "recipient_id": str(body["recipient_id"])}
    if isinstance(body, dict):
        body = _with_ids_as_texts(body)
    found = list(_limit_faults(body))
    if (name := os.environ.get("DISCORD_OPENAPI")) and (
        template := _template(name, method, path)
    ) is not None:
        found += _described_faults(name, method, template, body)
    return [f"{method} {path}: {fault}" for fault in found]


def _with_ids_as_texts(body: dict[str, Any]) -> dict[str, Any]:
    """Files that come with a message, and whom it calls: discord.py writes numbers for both, which
    Discord takes though it describes texts.
    """
    if isinstance(body.get("data"), dict):
        return {**body, "data": _with_ids_as_texts(body["data"])}
    called = body.get("allowed_mentions") or {}
    if called.get("users"):
        body = {**body, "allowed_mentions": {**called, "users": [str(u) for u in called["users"]]}}
    if not body.get("attachments"):
        return body
    files = [{**file, "id": str(file["id"])} for file in body["attachments"]]
    return {**body, "attachments": files}


@cache
def _description(name: str) -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads(Path(name).read_text(encoding="utf-8"))
    return loaded


@cache
def _routes(name: str) -> list[tuple[re.Pattern[str], str]]:
    paths = sorted(_description(name)["paths"], key=lambda path: path.count("{"))
    return [(re.compile(re.sub(r"\{[^}]+\}", "[^/]+", path)), path) for path in paths]


def _template(name: str, method: str, path: str) -> str | None:
    """The path as the description has it, where it describes a body for the method."""
    for pattern, template in _routes(name):
        operation = _description(name)["paths"][template].get(method.lower())
        if operation and pattern.fullmatch(path) and "requestBody" in operation:
            return template
    return None


@cache
def _validator(name: str, method: str, template: str) -> Draft202012Validator:
    operation = _description(name)["paths"][template][method.lower()]
    schema = operation["requestBody"]["content"]["application/json"]["schema"]
    return Draft202012Validator({**schema, "components": _description(name)["components"]})


def _described_faults(name: str, method: str, template: str, body: Any) -> list[str]:
    """What the description finds wrong, and where."""
    errors = _validator(name, method, template).iter_errors(body)
    return [f"{'/'.join(map(str, e.instance_path))}: {e.message[:300]}" for e in errors]


def _limit_faults(body: Any) -> Iterator[str]:
    if isinstance(body, list):
        for command in body:
            yield from _command_faults(command)
        return
    message = body.get("data") if isinstance(body.get("data"), dict) else body
    if size(message.get("content") or "") > CONTENT:
        yield "content is longer than 2000"
    total = sum(_embed_size(embed) for embed in message.get("embeds") or ())
    if total > EMBEDS_TOTAL:
        yield f"the embeds hold {total} characters together"
    yield from _choice_faults(message.get("choices") or [])
    yield from _component_faults(message.get("components") or ())
    yield from _layout_faults(message)
    if body.get("type") == MODAL:
        yield from _form_faults(message)
    is_said = _has_message(message) or _is_layout(message)
    if is_said and message.get("allowed_mentions", {}).get("parse") != []:
        yield "mentions are not switched off"


def _choice_faults(choices: list[dict[str, Any]]) -> Iterator[str]:
    if len(choices) > CHOICES:
        yield f"{len(choices)} choices"
    if len({choice["name"] for choice in choices}) != len(choices):
        yield "two choices have the same name"
    for choice in choices:
        if (
            not 1 <= size(choice["name"]) <= CHOICE_NAME
            or size(str(choice["value"])) > CHOICE_VALUE
        ):
            yield f"choice {choice!r} has a wrong length"


def _has_message(message: dict[str, Any]) -> bool:
    return any(message.get(key) for key in ("content", "embeds"))


def _embed_size(embed: dict[str, Any]) -> int:
    texts = [embed.get("title"), embed.get("description"), (embed.get("footer") or {}).get("text")]
    texts.append((embed.get("author") or {}).get("name"))
    for field in embed.get("fields") or ():
        texts += [field["name"], field["value"]]
    return sum(size(text) for text in texts if text)


def _component_faults(components: Any) -> Iterator[str]:
    every = list(_walk(components))
    if len(every) > COMPONENTS:
        yield f"{len(every)} components"
    if sum(size(item.get("content") or "") for item in every) > COMPONENT_TEXT:
        yield "the components hold more than 4000 characters together"
    given = [item["custom_id"] for item in every if item.get("custom_id") is not None]
    if len(set(given)) != len(given):
        yield "two controls have the same custom_id"
    for item in every:
        yield from _control_faults(item)


def _control_faults(item: dict[str, Any]) -> Iterator[str]:
    name, label = item.get("custom_id"), item.get("label") or ""
    if item["type"] == ACTION_ROW and len(item.get("components") or ()) > 5:
        yield "more than five buttons in a row"
    if item["type"] == BUTTON and size(label) > 80:
        yield f"the label of {name} is longer than 80"
    if item["type"] == BUTTON and not label and not item.get("emoji"):
        yield f"{name} has no label"
    for shown in item.get("items") or ():
        if not 1 <= size(shown.get("description") or "") <= ALT_TEXT:
            yield "a picture has no alt text, or a longer one than 1024"
    if len(item.get("options") or ()) > CHOICES:
        yield f"{name} has more than 25 options"
    for option in item.get("options") or ():
        texts = (option["label"], option["value"], option.get("description") or "")
        if max(map(size, texts)) > CHOICE_NAME or not option["label"]:
            yield f"the option {option!r} has a wrong length"


def _walk(components: Any) -> Iterator[dict[str, Any]]:
    """Every component, with those inside of it."""
    for item in components:
        yield item
        yield from _walk(item.get("components") or ())
        yield from _walk([item["component"]] if item.get("component") else ())
        yield from _walk([item["accessory"]] if item.get("accessory") else ())


def _is_layout(message: dict[str, Any]) -> bool:
    flags = message.get("flags")
    return isinstance(flags, int) and bool(flags & COMPONENTS_V2)


def _layout_faults(message: dict[str, Any]) -> Iterator[str]:
    """A message made of components has nothing beside them."""
    if _is_layout(message) and _has_message(message):
        yield "content or embeds beside components"


def _form_faults(form: dict[str, Any]) -> Iterator[str]:
    if size(form["title"]) > FORM_TITLE:
        yield "the title of a form is longer than 45"
    if not 1 <= len(form["components"]) <= 5:
        yield f"a form has {len(form['components'])} fields"
    for item in _walk(form["components"]):
        if item["type"] == LABEL and size(item["label"]) > FORM_TITLE:
            yield f"the label {item['label']!r} is longer than 45"
        if size(item.get("description") or "") > CHOICE_NAME:
            yield "a description is longer than 100"
        if size(item.get("placeholder") or "") > CHOICE_NAME:
            yield "a placeholder is longer than 100"
        if size(item.get("value") or "") > COMPONENT_TEXT:
            yield "a prefilled text is longer than 4000"


def _command_faults(command: dict[str, Any]) -> Iterator[str]:
    texts = re.findall(r'"(?:name|description|value)": "((?:[^"\\]|\\.)*)"', json.dumps(command))
    if sum(len(text) for text in texts) > COMMAND_TOTAL:
        yield f"/{command['name']} is longer than 8000 characters"
    if len(command.get("options") or ()) > OPTIONS:
        yield f"/{command['name']} has more than 25 options"
