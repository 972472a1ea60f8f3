#pragma once
#include "csys_socket.h"
#include <sys/socket.h>

socklen_t csys_to_sockaddr(csys_address address, struct sockaddr_storage *storage);
/// Zero for a family that is neither IPv4 nor IPv6.
csys_address csys_from_sockaddr(const struct sockaddr *address);
