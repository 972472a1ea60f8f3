/// Text from outside, made safe to print: whatever could move the cursor, change colours, reorder or hide text on a
/// terminal, or end a line, becomes a visible escape such as `\u{1B}`.
package struct PrintableText {
    package let text: String

    /// With `asciiOnly` everything outside ASCII is escaped too.
    package init(_ source: String, asciiOnly: Bool = false) {
        let isSafe = asciiOnly ? Self.isSafeASCII : Self.isSafe
        guard !source.unicodeScalars.allSatisfy(isSafe) else {
            text = source
            return
        }
        var text = ""
        for scalar in source.unicodeScalars {
            if isSafe(scalar) {
                text.unicodeScalars.append(scalar)
            } else {
                text += "\\u{\(String(scalar.value, radix: 16, uppercase: true))}"
            }
        }
        self.text = text
    }

    private static func isSafeASCII(_ scalar: Unicode.Scalar) -> Bool { (0x20..<0x7F).contains(scalar.value) }

    /// Letters, numbers, punctuation, symbols and the plain space; neither control and format characters (bidi overrides
    /// and zero-width ones among them), nor marks that pile up on other characters, nor what is not assigned.
    private static func isSafe(_ scalar: Unicode.Scalar) -> Bool {
        if scalar.isASCII { return isSafeASCII(scalar) }
        return switch scalar.properties.generalCategory {
        case .control, .format, .surrogate, .privateUse, .unassigned, .lineSeparator, .paragraphSeparator,
            .spaceSeparator, .nonspacingMark, .enclosingMark:
            false
        default: !scalar.properties.isVariationSelector && !scalar.properties.isDefaultIgnorableCodePoint
        }
    }
}

extension StringProtocol {
    /// How many columns a terminal gives the text: two for wide East Asian characters and emoji, none for marks that
    /// sit on the character before.
    package var columns: Int { unicodeScalars.reduce(0) { $0 + $1.columns } }
}

extension Unicode.Scalar {
    var columns: Int {
        if isASCII { return 1 }
        switch properties.generalCategory {
        case .nonspacingMark, .enclosingMark, .format, .control: return 0
        default: return isWide ? 2 : 1
        }
    }

    /// The blocks whose East Asian Width is W or F (Unicode Standard Annex #11).
    private var isWide: Bool {
        switch value {
        case 0x1100...0x115F, 0x231A...0x231B, 0x2329...0x232A, 0x23E9...0x23F3, 0x2E80...0x303E, 0x3041...0xA4CF,
            0xA960...0xA97F, 0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE10...0xFE19, 0xFE30...0xFE6F, 0xFF00...0xFF60,
            0xFFE0...0xFFE6, 0x16FE0...0x18DFF, 0x1AFF0...0x1B2FF, 0x1F004...0x1F0CF, 0x1F18E...0x1F19A,
            0x1F200...0x1F320, 0x1F32D...0x1F64F, 0x1F680...0x1F6FF, 0x1F7E0...0x1F7EB, 0x1F90C...0x1FAFF,
            0x20000...0x3FFFD:
            true
        default: properties.isEmojiPresentation
        }
    }
}
