#pragma once
// The system calls that Glibc's Swift overlay lacks. `_GNU_SOURCE` stays in csys.c: defined here it would change
// types that other C modules export too.
#include <stdint.h>
