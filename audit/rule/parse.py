"""Reads expectations and conditions: a tokenizer and a recursive descent of bounded depth.

condition  = conjunction { "or" conjunction }
conjunction = negation { "and" negation }
negation   = "not" negation | comparison
comparison = sum [ ("==" | "!=" | "<" | "<=" | ">" | ">=") sum ]
sum        = product { ("+" | "-") product }
product    = factor { ("*" | "/") factor }
factor     = "-" factor | number [ "%" ] | name | function "(" … ")" | "(" condition ")"
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from fractions import Fraction

from audit.rule.expression import (
    FUNCTIONS,
    WORDS,
    Call,
    Comparison,
    Condition,
    Expression,
    Feature,
    Joined,
    Name,
    Negative,
    Not,
    Number,
    Operation,
    Tree,
)

MAX_LENGTH = 500
MAX_DEPTH = 20

# Typed with a Chinese input method, these are what the author means; one character each, so that positions hold.
_WIDE = str.maketrans("（）＋－−×＊÷／＝＜＞％，！．０１２３４５６７８９", "()+--**//=<>%,!.0123456789")
_SIGNS = {"≤": "<=", "≥": ">=", "≠": "!="}
_COMPARISONS = ("==", "!=", "<=", ">=", "<", ">")
_TOKEN = re.compile(
    r"\s*(?:(?P<number>[0-9]+(?:\.[0-9]+)?)|(?P<name>[^\W\d]\w*)|(?P<sign>==|!=|<=|>=|[-+*/()<>,%=≤≥≠]))"
)


class ExpressionError(ValueError):
    """What is wrong with an expression, and how to mend it; `position` counts characters from 0."""

    def __init__(self, position: int, message: str, message_en: str) -> None:
        super().__init__(f"第{position + 1}个字符处：{message}")
        self.position = position
        self.message = message
        self.message_en = message_en


@dataclass(frozen=True, slots=True)
class _Token:
    kind: str
    text: str
    position: int


def parse_comparison(text: str) -> Comparison:
    """The comparison that a text states, such as `sum(parts) == total`; raises ExpressionError."""
    tree = _Parser(text).whole()
    if isinstance(tree, Comparison):
        return tree
    if isinstance(tree, (Not, Joined)):
        raise ExpressionError(
            0,
            "这里只能写一个比较；多个要求请写成列表，前提条件请写在 when 里",
            "only one comparison can stand here; write several as a list, and preconditions under `when`",
        )
    raise ExpressionError(
        len(text),
        "缺少比较符号；请写成“左边 == 右边”，可用 == != < <= > >=",
        "a comparison is missing; write `left == right` with one of == != < <= > >=",
    )


def parse_condition(text: str) -> Condition:
    """The condition that a text states, such as `closed and not open`; raises ExpressionError."""
    return _condition(_Parser(text).whole(), 0)


def _condition(tree: Tree, position: int) -> Condition:
    if isinstance(tree, Name):
        return Feature(tree.name, tree.position)
    if isinstance(tree, (Comparison, Feature, Not, Joined)):
        return tree
    raise ExpressionError(
        position,
        "这里要写条件，不是数值；请补上比较，例如 sum(parts) >= 0.5 * total",
        "a condition must stand here, not a number; add a comparison, such as sum(parts) >= 0.5 * total",
    )


def _expression(tree: Tree, position: int) -> Expression:
    if isinstance(tree, (Number, Name, Call, Negative, Operation)):
        return tree
    raise ExpressionError(
        position,
        "这里要写数值，不能用比较或条件；比较一次只写两边，多个条件用 and / or 连接",
        "a number must stand here, not a comparison or condition; compare two sides at a time, join with and / or",
    )


class _Parser:
    """One text and how far it has been read."""

    def __init__(self, text: str) -> None:
        self._tokens = _tokens(text)
        self._at = 0
        self._depth = 0

    @property
    def _next(self) -> _Token:
        return self._tokens[self._at]

    def _take(self) -> _Token:
        token = self._next
        self._at += 1
        return token

    def _expect(self, sign: str) -> None:
        token = self._take()
        if token.text != sign:
            found, found_en = (f"“{token.text}”", f"`{token.text}`") if token.kind != "end" else ("结尾", "the end")
            raise ExpressionError(token.position, f"应为“{sign}”，却是{found}", f"`{sign}` expected, {found_en} found")

    def _deeper(self, position: int) -> None:
        self._depth += 1
        if self._depth > MAX_DEPTH:
            raise ExpressionError(
                position, f"嵌套超过{MAX_DEPTH}层；请拆开来写", f"nested deeper than {MAX_DEPTH}; split it"
            )

    def whole(self) -> Tree:
        tree = self._disjunction()
        token = self._next
        if token.kind == "end":
            return tree
        if token.text in _COMPARISONS:
            raise ExpressionError(
                token.position,
                "比较一次只能写两边；请拆成两条",
                "a comparison has two sides only; write two comparisons",
            )
        near = get_close_matches(token.text, ("and", "or"), 1) if token.kind == "name" else []
        raise ExpressionError(
            token.position,
            f"多出“{token.text}”；" + (f"是不是想写 {near[0]}？" if near else "前面是不是漏了运算符号？"),
            f"unexpected `{token.text}`; " + (f"did you mean {near[0]}?" if near else "is an operator missing before?"),
        )

    def _disjunction(self) -> Tree:
        return self._joined("or", self._conjunction)

    def _conjunction(self) -> Tree:
        return self._joined("and", self._negation)

    def _joined(self, word: str, part: Callable[[], Tree]) -> Tree:
        start = self._next.position
        left = part()
        while self._next.text == word:
            self._take()
            position = self._next.position
            left = Joined(word, _condition(left, start), _condition(part(), position))
        return left

    def _negation(self) -> Tree:
        token = self._next
        if token.text != "not":
            return self._comparison()
        self._take()
        self._deeper(token.position)
        position = self._next.position
        inner = _condition(self._negation(), position)
        self._depth -= 1
        return Not(inner)

    def _comparison(self) -> Tree:
        start = self._next.position
        left = self._sum()
        if self._next.text not in _COMPARISONS:
            return left
        sign = self._take().text
        position = self._next.position
        return Comparison(sign, _expression(left, start), _expression(self._sum(), position))

    def _sum(self) -> Tree:
        return self._operations(("+", "-"), self._product)

    def _product(self) -> Tree:
        return self._operations(("*", "/"), self._factor)

    def _operations(self, signs: tuple[str, ...], part: Callable[[], Tree]) -> Tree:
        start = self._next.position
        left = part()
        while self._next.text in signs:
            sign = self._take().text
            position = self._next.position
            left = Operation(sign, _expression(left, start), _expression(part(), position))
        return left

    def _factor(self) -> Tree:
        token = self._take()
        if token.text == "-":
            self._deeper(token.position)
            operand = _expression(self._factor(), token.position + 1)
            self._depth -= 1
            return Negative(operand)
        if token.text == "(":
            self._deeper(token.position)
            inner = self._disjunction()
            self._expect(")")
            self._depth -= 1
            return inner
        if token.kind == "number":
            number = Fraction(token.text)
            if self._next.text == "%":
                self._take()
                return Number(number / 100, percent=True)
            return Number(number)
        if token.kind == "name" and self._next.text == "(":
            return self._call(token)
        if token.kind == "name" and token.text not in WORDS:
            return Name(token.text, token.position)
        raise _misplaced(token)

    def _call(self, token: _Token) -> Call:
        if token.text not in FUNCTIONS:
            near = get_close_matches(token.text, FUNCTIONS, 1)
            raise ExpressionError(
                token.position,
                f"没有函数“{token.text}”；" + (f"是不是 {near[0]}？" if near else "") + f"可用：{'、'.join(FUNCTIONS)}",
                f"no function `{token.text}`; "
                + (f"did you mean {near[0]}? " if near else "")
                + f"available: {', '.join(FUNCTIONS)}",
            )
        self._deeper(token.position)
        self._take()
        arguments = []
        while True:
            position = self._next.position
            arguments.append(_expression(self._disjunction(), position))
            if self._next.text != ",":
                break
            self._take()
        self._expect(")")
        self._depth -= 1
        _check_arguments(token, arguments)
        return Call(token.text, tuple(arguments))


def _check_arguments(token: _Token, arguments: Sequence[Expression]) -> None:
    one = len(arguments) == 1
    role = one and isinstance(arguments[0], Name)
    if token.text in ("sum", "count") and not role:
        raise ExpressionError(
            token.position,
            f"{token.text}(…) 里只能写一个角色名",
            f"{token.text}(…) takes the name of one role",
        )
    if token.text in ("abs", "whole") and not one:
        raise ExpressionError(
            token.position, f"{token.text}(…) 里只能写一个式子", f"{token.text}(…) takes one expression"
        )
    if token.text == "power" and len(arguments) != 2:
        raise ExpressionError(
            token.position, "power(…) 里写底数和指数，用逗号隔开", "power(…) takes a base and an exponent"
        )
    if token.text in ("min", "max") and one and not role:
        raise ExpressionError(
            token.position,
            f"{token.text}(…) 里写一个角色名，或用逗号隔开的几个式子",
            f"{token.text}(…) takes the name of one role, or several expressions with commas between",
        )


def _misplaced(token: _Token) -> ExpressionError:
    if token.kind == "end":
        return ExpressionError(
            token.position,
            "式子没有写完；这里还缺一个数、角色名或括号",
            "the expression stops too early; a number, a role or a bracket is missing here",
        )
    if token.text in FUNCTIONS:
        return ExpressionError(
            token.position,
            f"“{token.text}”是函数，后面要有括号，例如 {token.text}(parts)",
            f"`{token.text}` is a function and needs brackets, such as {token.text}(parts)",
        )
    return ExpressionError(
        token.position,
        f"这里要写数、角色名或括号，不能是“{token.text}”",
        f"a number, a role or a bracket must stand here, not `{token.text}`",
    )


def _tokens(text: str) -> list[_Token]:
    if len(text) > MAX_LENGTH:
        raise ExpressionError(
            MAX_LENGTH,
            f"式子超过{MAX_LENGTH}个字符；请拆成几条",
            f"the expression is longer than {MAX_LENGTH} characters; write several",
        )
    plain = text.translate(_WIDE)
    tokens: list[_Token] = []
    at, end = 0, len(plain.rstrip())
    while at < end:
        match = _TOKEN.match(plain, at)
        if match is None:
            at += len(plain[at:]) - len(plain[at:].lstrip())
            raise ExpressionError(
                at,
                f"有不认识的字符“{text[at]}”；可用数字、角色名、+ - * / × ÷、括号和比较符号",
                f"unknown character `{text[at]}`; numbers, roles, + - * / × ÷, brackets and comparisons can be used",
            )
        kind = str(match.lastgroup)
        word = _SIGNS.get(match[kind], match[kind])
        position = match.start(kind)
        if word == "=":
            raise ExpressionError(position, "单个“=”；相等要写成 ==", "a single `=`; write == for equality")
        if kind == "name" and tokens and tokens[-1].kind == "number" and position == at:
            raise ExpressionError(
                position,
                f"数后面不能直接跟“{word}”；单位词请写成乘法，例如 1万 写成 10000",
                f"`{word}` cannot follow a number directly; write scale words out, such as 10000 for 1万",
            )
        tokens.append(_Token(kind, word, position))
        at = match.end()
    tokens.append(_Token("end", "", len(text)))
    return tokens
