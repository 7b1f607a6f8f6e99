select cast(null as string) as identifier_id, cast(null as string) as identifier_type, cast(null as bigint) as people where false
