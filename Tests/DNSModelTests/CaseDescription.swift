import TestSupport
import Testing

extension Case: CustomTestStringConvertible {}
