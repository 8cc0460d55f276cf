"""People with a role at the office, a professional number and an end; keys that are kept."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

_BEFORE = sa.table("person", *map(sa.column, ("id", "name", "role", "added_at")))


def upgrade() -> None:
    """Until now an office had its founder alone, who becomes its office manager."""
    founders = op.get_bind().execute(sa.select(_BEFORE)).mappings().all()
    op.drop_table("person")
    person = op.create_table(
        "person",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("role", sa.String(32), nullable=False),
        sa.Column("office_role", sa.String(32), nullable=False),
        sa.Column("number", sa.Text(), nullable=False),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("gone_at", sa.DateTime(timezone=True)),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_person")),
    )
    # the values go back as the database gave them: nothing is read into them here
    plain = sa.table("person", *(sa.column(column.name) for column in person.columns))
    for founder in founders:
        values = {**founder, "office_role": "office-manager", "number": ""}
        op.execute(sa.insert(plain).values(**values))
    op.create_table(
        "kept_key",
        sa.Column("purpose", sa.String(32), nullable=False),
        sa.Column("wrapped", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("purpose", name=op.f("pk_kept_key")),
    )
