#pragma once
// Before ldns, or every ldns bool imports as Int8 (ldns/common.h defines _Bool otherwise).
#include <stdbool.h>
#include <ldns/ldns.h>
