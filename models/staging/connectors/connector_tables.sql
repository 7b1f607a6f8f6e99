{{ connector_tables() }}
