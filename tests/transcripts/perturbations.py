"""What the world does to a page on its way: the same words, spaced, printed, marked up or encoded in another way."""

import html
import re
from collections.abc import Callable, Mapping, Sequence

Shown = tuple[str, str]
"""A row of a page: the label that shares it with speech, if any, and all else that it shows."""

_LONG_WORD = re.compile(r"\b([^\W\d_]{5})([^\W\d_]{4,})\b")
_TAG = re.compile(r"(<[^<>]*>)")


def _each_row(change: Callable[[str, str], str]) -> Callable[[Sequence[Shown]], str]:
    return lambda rows: "\n".join(change(label, text) for label, text in rows) + "\n"


def _whole(change: Callable[[str], str]) -> Callable[[Sequence[Shown]], str]:
    return lambda rows: change("\n".join(label + text for label, text in rows) + "\n")


def _every_third_blank_no_break(text: str) -> str:
    count = iter(range(len(text)))
    return re.sub(r"(?<=\S) (?=\S)", lambda _: "\u00a0" if next(count) % 3 == 0 else " ", text)


def _curly(text: str) -> str:
    text = re.sub(r"(^|[\s(\[])\"", r"\1“", text, flags=re.MULTILINE).replace('"', "”")
    return text.replace("'", "’")


def _in_capitals(label: str, text: str) -> str:
    return label.upper() + text


def _wide_colon(label: str, text: str) -> str:
    return (label.rstrip()[:-1] + "：" if label.rstrip().endswith(":") else label) + text


def _label_above(label: str, text: str) -> str:
    return f"{label.strip()}\n{text}" if label.strip() else text


PLAIN: Mapping[str, Callable[[Sequence[Shown]], str]] = {
    "as it is": _whole(str),
    "no-break after the label": _each_row(
        lambda label, text: label[:-1] + "\u00a0" + text if label.endswith(" ") else label + text
    ),
    "no-break here and there": _whole(_every_third_blank_no_break),
    "zero width after words": _each_row(lambda label, text: (label + text).replace(" ", "\u200b ", 1)),
    "zero width first": _each_row(lambda label, text: "\u200b" * bool(label + text) + label + text),
    "soft hyphens": _whole(lambda text: _LONG_WORD.sub("\\1\u00ad\\2", text)),
    "CRLF": _whole(lambda text: text.replace("\n", "\r\n")),
    "CR": _whole(lambda text: text.replace("\n", "\r")),
    "byte-order mark": _whole("\ufeff".__add__),
    "double-spaced": _each_row(lambda label, text: label + text + "\n"),
    "indented": _each_row(lambda label, text: "    " * bool(label + text) + label + text),
    "a tab first": _each_row(lambda label, text: "\t" * bool(label + text) + label + text),
    "a tab after the label": _each_row(lambda label, text: label.rstrip() + "\t" * bool(label) + text),
    "blanks last": _each_row(lambda label, text: label + text + "  "),
    "typographic quotes": _whole(_curly),
    "labels in capitals": _each_row(_in_capitals),
    "wide colons": _each_row(_wide_colon),
    "labels on their own line": _each_row(_label_above),
    "no blank lines": lambda rows: "\n".join(label + text for label, text in rows if label + text) + "\n",
}
"""Plain text, by what is done to it."""


def _web_page(parts: Sequence[str]) -> str:
    return "<!DOCTYPE html><html><body>\n" + "\n".join(parts) + "\n</body></html>"


def _as_web_page(frame: Callable[[str, str], str]) -> Callable[[Sequence[Shown]], str]:
    return lambda rows: _web_page(
        [frame(html.escape(label), html.escape(text)) for label, text in rows if (label + text).strip()]
    )


def _bold_name(label: str, text: str) -> str:
    name, colon = (label.rstrip()[:-1], ":") if label.rstrip().endswith(":") else (label.rstrip(), "")
    return f"<p><b>{name}</b>{colon} {text}</p>" if label.strip() else f"<p>{text}</p>"


WEB: Mapping[str, Callable[[Sequence[Shown]], str]] = {
    "paragraphs": _as_web_page(lambda label, text: f"<p>{label}{text}</p>"),
    "bold labels": _as_web_page(
        lambda label, text: f"<p><strong>{label}</strong>{text}</p>" if label else f"<p>{text}</p>"
    ),
    "bold labels, the colon outside": _as_web_page(_bold_name),
    "bold labels by style": _as_web_page(
        lambda label, text: (
            f'<p><span style="font-weight: 700">{label}</span><span>{text}</span></p>'
            if label
            else f"<p><span>{text}</span></p>"
        )
    ),
    "labels as paragraphs": _as_web_page(
        lambda label, text: f"<p><b>{label}</b></p><p>{text}</p>" if label.strip() else f"<p>{text}</p>"
    ),
    "line breaks": lambda rows: _web_page(
        ["<div>" + "<br>\n".join(html.escape(label + text) for label, text in rows) + "</div>"]
    ),
    "two line breaks": lambda rows: _web_page(
        [
            "<div>"
            + "<br><br>".join(html.escape(label + text) for label, text in rows if label + text)
            + "</div>"
        ]
    ),
    "nested boxes": _as_web_page(
        lambda label, text: f"<div class='row'><div><div><span>{label}</span>{text}</div></div></div>"
    ),
    "a table for layout": _as_web_page(
        lambda label, text: f"<table><tbody><tr><td><p>{label}{text}</p></td></tr></tbody></table>"
    ),
    "one table": lambda rows: _web_page(
        [
            "<table>",
            *(f"<tr><td>{html.escape(label + text)}</td></tr>" for label, text in rows if label + text),
            "</table>",
        ]
    ),
    "preformatted": lambda rows: _web_page(
        ["<pre>", *(html.escape(label + text) for label, text in rows), "</pre>"]
    ),
    "a list": lambda rows: _web_page(
        [
            "<div>",
            *(f"<p>{html.escape(label + text)}</p><p>&nbsp;</p>" for label, text in rows if label + text),
        ]
    ),
}
"""The same as a web page, by how that is marked up."""


def _in_text(change: Callable[[str], str]) -> Callable[[str], str]:
    """Change what is between the tags."""
    return lambda page: "".join(part if part.startswith("<") else change(part) for part in _TAG.split(page))


MARKED_UP: Mapping[str, Callable[[str], str]] = {
    "as it is": str,
    "CRLF": lambda page: page.replace("\n", "\r\n"),
    "on one line": lambda page: page.replace("\n", ""),
    "tags in capitals": lambda page: re.sub(r"</?[a-z]\w*", lambda tag: tag[0].upper(), page),
    "b for strong": lambda page: re.sub(r"(</?)strong\b", r"\1b", page),
    "bold by style": lambda page: re.sub(
        r"<(?:b|strong)>(.*?)</(?:b|strong)>", r'<span style="font-weight:bold">\1</span>', page
    ),
    "colon outside": lambda page: re.sub(r":\s*</(b|strong)>", r"</\1>: ", page),
    "colon inside": lambda page: re.sub(r"</(b|strong)>:", r":</\1>", page),
    "blanks outside": lambda page: re.sub(r"\s+</(b|strong)>", r"</\1> ", page),
    "no bold": lambda page: re.sub(r"</?(?:b|strong)>", "", page),
    "boxes for paragraphs": lambda page: re.sub(r"(</?)p\b", r"\1div", page),
    "empty paragraphs between": lambda page: page.replace("</p>", "</p><p>&nbsp;</p>"),
    "spans": lambda page: re.sub(r"<p([^>]*)>(.*?)</p>", r"<p\1><span><span>\2</span></span></p>", page),
    "in a table for layout": lambda page: page.replace("<body>", "<body><table><tr><td>").replace(
        "</body>", "</td></tr></table></body>"
    ),
    "no-break here and there": _in_text(_every_third_blank_no_break),
    "soft hyphens": _in_text(lambda text: _LONG_WORD.sub("\\1&shy;\\2", text)),
    "zero width after words": _in_text(lambda text: text.replace(" ", "\u200b ", 1)),
    "figures for letters": _in_text(
        lambda text: re.sub(r"[^\x00-\x7f]", lambda one: f"&#{ord(one[0])};", text)
    ),
    "typographic quotes": _in_text(_curly),
}
"""A web page, by what is done to its markup."""


def comparable(word: str) -> str:
    """A word without what no one sees in it."""
    plain = re.sub("[\u00ad\u200b-\u200f\u2060\ufeff]", "", word).translate(str.maketrans("“”’：", '""\':'))
    return plain.casefold()
