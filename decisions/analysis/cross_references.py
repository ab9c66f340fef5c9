class CrossReference:
    pass


class DecisionReference:
    pass


def cross_references(d):
    return ()


def decision_references(d):
    return ()
