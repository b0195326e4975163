"""The number formats that a workbook names by a number only, as Excel shows them in Chinese."""

from __future__ import annotations

_YEAR_MONTH, _MONTH_DAY = 'yyyy"年"m"月"', 'm"月"d"日"'
_CHINESE = {
    5: '"¥"#,##0;"¥"-#,##0',
    6: '"¥"#,##0;"¥"-#,##0',
    7: '"¥"#,##0.00;"¥"-#,##0.00',
    8: '"¥"#,##0.00;"¥"-#,##0.00',
    14: "yyyy/m/d",
    22: "yyyy/m/d h:mm",
    27: _YEAR_MONTH,
    28: _MONTH_DAY,
    29: _MONTH_DAY,
    30: "m-d-yy",
    31: 'yyyy"年"m"月"d"日"',
    36: _YEAR_MONTH,
    50: _YEAR_MONTH,
    51: _MONTH_DAY,
    52: _YEAR_MONTH,
    53: _MONTH_DAY,
    54: _MONTH_DAY,
    57: _YEAR_MONTH,
    58: _MONTH_DAY,
}
"""Those that differ by language (ECMA-376 Part 1, 18.8.30, the formats of zh-cn), without those of times alone."""
CUSTOM = 164
"""The first number of the formats that a workbook defines itself."""


def builtin(number: int) -> str:
    """The format of a number below CUSTOM."""
    from openpyxl.styles.numbers import BUILTIN_FORMATS  # type: ignore[import-untyped]

    return _CHINESE.get(number) or str(BUILTIN_FORMATS.get(number, "General"))
