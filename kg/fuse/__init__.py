"""Which event each telling is a telling of, within one article and across articles; what contradicts what; which sources are one."""
