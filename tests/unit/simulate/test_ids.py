from tessera.simulate.ids import spell_ids


def test_ids_are_unique_over_blocks():
    spelled = [name for block in range(3) for name in spell_ids("O", block, 5_000).to_pylist()]
    assert len(set(spelled)) == 15_000


def test_ids_of_one_row_have_nothing_in_common():
    accounts, contacts = (spell_ids(prefix, 0, 1_000).to_pylist() for prefix in "UC")
    assert not {name[1:] for name in accounts} & {name[1:] for name in contacts}
    steps = {int(a[1:]) - int(c[1:]) for a, c in zip(accounts, contacts, strict=True)}
    assert len(steps) > 900


def test_neighbours_in_number_are_no_neighbours_in_name():
    numbers = [int(name[1:]) for name in spell_ids("O", 0, 100).to_pylist()]
    assert numbers != sorted(numbers)
