"""The only SQL of the program: SQLAlchemy Core, every statement names its guild."""
