"""The tables of a book. Only column types that SQLite and PostgreSQL both have.

Amounts are whole 分 (BIGINT). Records keep the model's field names; ``rank`` gives their order and has gaps, so
that an insertion moves nothing. The migrations under ``migrations/versions`` make these tables; a test compares.
"""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    Table,
    Text,
    UniqueConstraint,
)

from xinfang_desk.model.change import RecordSpace, ValueSpace

metadata = MetaData(naming_convention={
    "pk": "pk_%(table_name)s", "fk": "fk_%(table_name)s_%(column_0_name)s", "ix": "ix_%(table_name)s_%(column_0_name)s",
    "uq": "uq_%(table_name)s_%(column_0_name)s"})

_SERIAL = BigInteger().with_variant(Integer(), "sqlite")


def _text(name: str) -> Column[str]:
    return Column(name, Text, nullable=False)


def _whole(name: str) -> Column[int]:
    return Column(name, BigInteger, nullable=True)


def _flag(name: str) -> Column[bool]:
    return Column(name, Boolean, nullable=False)


def _year() -> Column[int]:
    return Column("year_id", BigInteger, ForeignKey("years.id"), primary_key=True)


def _record_table(name: str, *columns: Column[str] | Column[int] | Column[bool]) -> Table:
    return Table(name, metadata, _year(), Column("id", BigInteger, primary_key=True, autoincrement=False),
                 Column("rank", BigInteger, nullable=False), *columns)


def _value_table(name: str, value: Column[str] | Column[int]) -> Table:
    return Table(name, metadata, _year(), Column("address", Text, primary_key=True), value)


units = Table(
    "units", metadata,
    Column("id", _SERIAL, primary_key=True),
    Column("parent_id", BigInteger, ForeignKey("units.id"), nullable=True))

# A unit's name, code, kind and region are kept by year: one that is renamed keeps its old name in old years.
years = Table(
    "years", metadata,
    Column("id", _SERIAL, primary_key=True),
    Column("unit_id", BigInteger, ForeignKey("units.id"), nullable=False),
    Column("year", Integer, nullable=False),
    _text("pack"), _text("name"), _text("code"), _text("kind"), _text("region"), _text("made_at"),
    UniqueConstraint("unit_id", "year"))

lines = _record_table(
    "lines", _text("kind"), _text("function"), _text("econ_dept"), _text("econ_gov"), _text("fund"), _flag("carry"),
    _whole("project"), _whole("amount"), _flag("purchase"), _flag("presumed"), _text("note"))

incomes = _record_table(
    "incomes", _text("fund"), _flag("carry"), _text("function"), _whole("amount"), _flag("presumed"), _text("note"))

projects = _record_table(
    "projects", _text("name"), _text("code"), _text("category"), _flag("special"), _text("purpose"), _text("goal"),
    _whole("target_amount"), _whole("budget_upper"), _whole("budget_county"), _whole("budget_carry"),
    _whole("budget_other"), _whole("spent_upper"), _whole("spent_county"), _whole("spent_carry"), _whole("spent_other"),
    _text("result"))

indicators = _record_table(
    "indicators", _whole("project"), _text("level1"), _text("level2"), _text("name"), _text("description"),
    _text("operator"), _text("value"), _text("unit"), _text("basis"), _whole("weight"), _text("actual"), _whole("score"),
    _text("deviation"))

purchases = _record_table(
    "purchases", _text("name"), _text("catalogue"), _text("category"), _text("specification"), _whole("quantity"),
    _text("measure"), _whole("price"), _whole("amount"), _text("fund"), _whole("project"), _text("function"),
    _text("econ_dept"), _text("econ_gov"), _text("month"), _whole("for_sme"), _whole("for_micro"), _text("note"))

# JSON text: a number, a text, true/false, or rows of texts.
facts = _value_table("facts", _text("value"))
priors = _value_table("priors", Column("value", BigInteger, nullable=False))
approved = _value_table("approved", Column("value", BigInteger, nullable=False))
explanations = _value_table("explanations", _text("value"))

history = Table(
    "history", metadata,
    Column("sequence", _SERIAL, primary_key=True),
    Column("year_id", BigInteger, ForeignKey("years.id"), nullable=False),
    _text("at"), _text("who"), _text("label"), _text("kind"), _text("state"),
    Column("of", BigInteger, nullable=True), _text("steps"),
    Index("ix_history_year_id", "year_id", "state", "sequence"))

editions = Table(
    "editions", metadata, _year(),
    Column("number", Integer, primary_key=True, autoincrement=False),
    _text("title"), _text("date"), _flag("draft"), _text("at"), _text("who"),
    Column("sequence", BigInteger, nullable=False), _text("files"), _text("explained"), _text("signatures"))

# 回收站; see store.recycle.
bin_ = Table("bin", metadata, _year(), Column("year", Integer, nullable=False), _text("at"), _text("who"))

places = Table("places", metadata, Column("key", Text, primary_key=True), _text("value"))

RECORD_TABLES: dict[RecordSpace, Table] = {
    "lines": lines, "incomes": incomes, "projects": projects, "indicators": indicators, "purchases": purchases}

VALUE_TABLES: dict[ValueSpace, Table] = {
    "facts": facts, "priors": priors, "approved": approved, "explanations": explanations}
