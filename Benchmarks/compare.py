"""Compares two finished sites: the same pages, and on each the same title, description, text and links.

Usage: python3 compare.py FOLDER FOLDER
"""

import html
import os
import re
import sys

TITLE = re.compile(r"<title>(.*?)</title>", re.S)
DESCRIPTION = re.compile(r'<meta name="?description"? content="(.*?)"', re.S)
CANONICAL = re.compile(r'<link rel="?canonical"? href="(.*?)"')
LINK = re.compile(r'<a href="?([^"#> ]+)')
TAG = re.compile(r"<[^>]*>")


def pages(folder):
    """The paths of all HTML files below a folder."""
    found = set()
    for place, _, files in os.walk(folder):
        found.update(os.path.relpath(os.path.join(place, file), folder) for file in files if file.endswith(".html"))
    return found


def essence(file):
    """What a reader gets of a page."""
    with open(file, encoding="utf-8") as page:
        text = page.read()
    body = text[text.index("<body"):]
    return {
        "title": html.unescape("".join(TITLE.findall(text))),
        "description": html.unescape("".join(DESCRIPTION.findall(text))),
        "canonical": CANONICAL.findall(text),
        "links": [html.unescape(link) for link in LINK.findall(body)],
        "text": " ".join(html.unescape(TAG.sub(" ", body)).split()),
    }


def differences(first, second):
    """What is not the same, in words; at most twenty."""
    ours, theirs = pages(first), pages(second)
    found = [f"only in {first}: {path}" for path in sorted(ours - theirs)]
    found += [f"only in {second}: {path}" for path in sorted(theirs - ours)]
    for path in sorted(ours & theirs):
        if len(found) >= 20:
            break
        one, other = essence(f"{first}/{path}"), essence(f"{second}/{path}")
        found += [f"{path}: another {what}{beginning(one[what], other[what])}" for what in one if one[what] != other[what]]
    return found, len(ours & theirs)


def beginning(one, other):
    """The first place at which two differ."""
    position = next((i for i, (a, b) in enumerate(zip(one, other)) if a != b), min(len(one), len(other)))
    start = max(0, position - 20)
    return f": {one[start:position + 40]!r} and {other[start:position + 40]!r}"


if __name__ == "__main__":
    found, same = differences(sys.argv[1], sys.argv[2])
    print("\n".join(found) or f"{same} pages have the same title, description, text and links")
    sys.exit(1 if found else 0)
