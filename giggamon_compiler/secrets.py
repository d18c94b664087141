"""What looks like a secret in a text that is shown: each character of it becomes an asterisk.

A definition that holds a secret is wrong, and what is said of it is read by many: in logs, in
comments on a pull request. The text keeps its length, so that columns stay what they are.
"""

from __future__ import annotations

import re

_URL = re.compile(r"\w[\w+.-]*://[^\s\"'`<>(){}…]+")
_LOGIN = re.compile(r"(?<=://)[^/@\s]*:[^/@\s]+(?=@)")
# Addresses that are secrets themselves: whoever knows the path may write there.
_HOOK = re.compile(
    r"(?:://hooks\.[^/]+|://[^/]*webhook[^/]*|/(?:web)?hooks?|/workflows)/(.+)", re.IGNORECASE
)
_PARAMETERS = re.compile(r"(?<=[?&#])(?:[^=&]*(?:token|key|secret|sig|pass)[^=&]*)=([^&]+)", re.I)
_KNOWN = re.compile(
    r"\b(?:xox[a-z]-|xapp-|gh[pousr]_|github_pat_|glpat-|AKIA|SG\.|sk_live_|eyJ)[\w.-]{8,}"
    r"|(?<=\bBearer )[\w+/=.-]{8,}|(?<=\bBasic )[\w+/=.-]{8,}"
    r"|(?<=\bhooks\.slack\.com/)[\w/+-]+"
    r"|\b[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}\b"
)
_WORD = re.compile(r"[0-9A-Za-z]{16,}")
_STEP = re.compile(r"[0-9A-Za-z_-]{8,}")


def masked(text: str) -> str:
    """The text with asterisks in place of addresses' keys, known kinds of token, random words."""
    if len(text) < 8:
        return text
    text = _KNOWN.sub(_stars, text)
    text = _WORD.sub(lambda word: _stars(word) if _is_mixed(word[0], 3) else word[0], text)
    return _URL.sub(_masked_url, text) if "://" in text else text


def _masked_url(match: re.Match[str]) -> str:
    url = _LOGIN.sub(_stars, match[0])
    url = _HOOK.sub(_group_as_stars, url)
    url = _PARAMETERS.sub(_group_as_stars, url)
    scheme, mark, rest = url.partition("://")
    host, slash, path = rest.partition("/")
    path = _STEP.sub(lambda step: _stars(step) if _is_mixed(step[0], 2) else step[0], path)
    return f"{scheme}{mark}{host}{slash}{path}"


def _group_as_stars(match: re.Match[str]) -> str:
    whole, start, end = match[0], match.start(1) - match.start(), match.end(1) - match.start()
    return f"{whole[:start]}{re.sub('[^/]', '*', whole[start:end])}{whole[end:]}"


def _stars(match: re.Match[str]) -> str:
    return "*" * len(match[0])


def _is_mixed(word: str, least: int) -> bool:
    """Whether a word mixes at least so many digits with as many letters, as keys do."""
    return sum(map(str.isdigit, word)) >= least and sum(map(str.isalpha, word)) >= least
