"""identity_links: stub."""


def model(dbt, session):
    ids = dbt.ref("identifiers").df()
    edges = dbt.ref("identity_edges").df()
    import pandas as pd
    rank = {t: i for i, t in enumerate(["contact_id", "customer_ref", "user_ref", "email", "phone"])}
    ids = ids[ids.is_strong].copy()
    ids["r"] = ids.identifier_type.map(rank)
    ids = ids.sort_values(["first_known_at", "r", "identifier_id"]).reset_index(drop=True)
    num = {k: i for i, k in enumerate(ids.identifier_id)}
    names = list(ids.identifier_id)
    edges = edges.sort_values(["known_at", "strength", "identifier_id_a", "identifier_id_b"], ascending=[True, False, True, True])
    parent = list(range(len(names)))
    link = [None] * len(names)

    def find(x):
        while parent[x] != x:
            parent[x] = parent[parent[x]]
            x = parent[x]
        return x

    for e in edges.itertuples():
        a, b = find(num[e.identifier_id_a]), find(num[e.identifier_id_b])
        if a == b:
            continue
        old, young = min(a, b), max(a, b)
        parent[young] = old
        link[young] = (old, e.known_at, e.identifier_id_a, e.identifier_id_b, e.link_type, e.source)
    rows = []
    vf = [None] * len(names)
    for i, n in enumerate(names):
        l = link[i]
        vf[i] = ids.first_known_at[i] if l is None else (l[1] if link[l[0]] is None else max(l[1], vf[l[0]]))
        rows.append((n, names[l[0]] if l else None, l[1] if l else None, l[2] if l else None, l[3] if l else None, l[4] if l else None, l[5] if l else None, names[find(i)], vf[i], ""))
    out = pd.DataFrame(rows, columns=["identifier_id", "linked_to_id", "linked_at", "edge_id_a", "edge_id_b", "link_type", "source", "customer_id", "valid_from", "component_fingerprint"])
    return session.sql("select identifier_id::varchar identifier_id, linked_to_id::varchar linked_to_id, linked_at::timestamp linked_at, edge_id_a::varchar edge_id_a, edge_id_b::varchar edge_id_b, link_type::varchar link_type, source::varchar as source, customer_id::varchar customer_id, valid_from::timestamp valid_from, component_fingerprint from out")
