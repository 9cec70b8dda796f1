"""The engine inside one program: a Whoosh index in a generation store, searched over arrays."""
