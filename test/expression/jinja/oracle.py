# What Jinja prints: for each [template, payload] of a line of JSON one line, ["text"] or null where it refuses.
# The filters that Home Assistant changes are as its documentation has them.
import json
import math
import re
import sys

import jinja2

missing = object()
env = jinja2.Environment()


def number(value, default=missing):
    try:
        return float(value)
    except (ValueError, TypeError):
        if default is missing:
            raise
        return default


def whole(value, default=missing, base=10):
    try:
        return int(number(value))
    except (ValueError, TypeError):
        if default is missing:
            raise
        return default


def rounded(value, precision=0, method="common"):
    factor = 10**precision
    if method == "floor":
        value = math.floor(float(value) * factor) / factor
    elif method == "ceil":
        value = math.ceil(float(value) * factor) / factor
    else:
        value = round(float(value), precision)
    return int(value) if precision == 0 else value


def is_defined(value):
    if isinstance(value, jinja2.Undefined):
        raise jinja2.UndefinedError("not defined")
    return value


def is_number(value):
    try:
        return not math.isnan(float(value))
    except (ValueError, TypeError):
        return False


def iif(value, yes=True, no=False):
    return yes if value else no


def compact(value):
    return json.dumps(value, separators=(",", ":"), ensure_ascii=False)


def found(value, find, index=0):
    return re.findall(find, value)[index]


env.filters.update(
    float=number,
    int=whole,
    round=rounded,
    is_defined=is_defined,
    is_number=is_number,
    iif=iif,
    add=lambda a, b: float(a) + b,
    multiply=lambda a, b: float(a) * b,
    to_json=compact,
    tojson=compact,
    split=lambda value, sep=None: value.split(sep),
    regex_replace=lambda value, find="", replace="": re.sub(find, replace, str(value)),
    regex_search=lambda value, find: bool(re.search(find, str(value))),
    regex_match=lambda value, find: bool(re.match(find, str(value))),
    regex_findall_index=found,
)
env.globals.update(float=number, int=whole, iif=iif, is_number=is_number)

for line in sys.stdin:
    template, payload = json.loads(line)
    names = {"value": payload}
    try:
        names["value_json"] = json.loads(payload)
    except ValueError:
        pass
    try:
        print(json.dumps([env.from_string(template).render(names).strip()]))
    except Exception:
        print("null")
