extension ReplySketch {
    /// A reply with one record for each line: name, type and data.
    static let oneOfEachType: [ReplySketch] = data.map { type, data in
        let name = "\(type.lowercased()).zoo.test"
        return ReplySketch(
            question: "\(name) \(type)", answer: data.map { "\(name). 300 IN \(type) \($0)" },
            options: [(3, Array("ns1.zoo".utf8))])
    }

    private static let digest = "49fd46e6c4b45c55d4ac69cbd3cd34ac1afe51de"
    private static let longDigest = digest + "000000000000000000000000"
    private static let key =
        "AwEAAcMnWBKLuvG/LwnPVykcmpvnntwxfshHlHRhlY0F3oz8AMcuF8gw9McCw+BoC2YxWaiTpNPuxjSNhUlBtcJmcdkz"

    private static let data: [(type: String, data: [String])] = [
        ("A", ["192.0.2.1", "192.0.2.2", "0.0.0.0"]),
        ("AAAA", ["2001:db8::1", "::", "::ffff:192.0.2.1"]),
        ("NS", ["ns1.zoo.test.", "ns.elsewhere.test."]),
        ("CNAME", ["target.zoo.test."]),
        ("DNAME", ["other.test."]),
        ("SOA", ["ns1.zoo.test. host.master\\.zoo.test. 2026112101 7200 3600 1209600 60"]),
        ("PTR", ["host.zoo.test."]),
        ("MX", ["10 mail.zoo.test.", "0 ."]),
        ("TXT", ["\"v=spf1 include:example.test -all\"", "\"two\" \"strings\" \"\\000\\255\\\"\""]),
        ("SPF", ["\"v=spf1 -all\""]),
        ("SRV", ["0 5 5060 sip.zoo.test."]),
        ("CAA", ["0 issue \"ca.test\"", "128 iodef \"mailto:a@zoo.test\""]),
        ("HTTPS", ["1 . alpn=h2,h3 port=8443 ipv4hint=192.0.2.1 ech=AEX+DQ== ipv6hint=2001:db8::1 key65000=abc"]),
        ("SVCB", ["0 other.zoo.test.", "16 svc.zoo.test. mandatory=alpn alpn=h2 no-default-alpn"]),
        ("NAPTR", ["100 10 \"U\" \"E2U+sip\" \"!^.*$!sip:info@zoo.test!\" ."]),
        ("HINFO", ["\"PC\" \"Linux\""]),
        ("MINFO", ["a.zoo.test. b.zoo.test."]),
        ("RP", ["admin.zoo.test. txt.zoo.test."]),
        ("AFSDB", ["1 db.zoo.test."]),
        ("X25", ["\"311061700956\""]),
        ("ISDN", ["\"150862028003217\" \"004\"", "\"150862028003217\""]),
        ("RT", ["10 relay.zoo.test."]),
        ("PX", ["10 a.zoo.test. b.zoo.test."]),
        ("KX", ["10 kx.zoo.test."]),
        ("LOC", ["52 22 23.000 N 4 53 32.000 E -2.00m 0.00m 10000m 10m"]),
        ("CERT", ["1 0 0 AAECAw=="]),
        ("APL", ["1:192.0.2.0/24 !2:2001:db8::/32"]),
        ("DS", ["12345 13 2 \(longDigest)"]),
        ("CDS", ["0 0 0 00"]),
        ("SSHFP", ["1 1 \(digest)"]),
        ("IPSECKEY", ["10 1 2 192.0.2.38 \(key)"]),
        ("RRSIG", ["A 13 3 300 20261231000000 20261101000000 12345 zoo.test. \(key)"]),
        ("NSEC", ["next.zoo.test. A MX RRSIG NSEC TYPE1234"]),
        ("DNSKEY", ["257 3 13 \(key)"]),
        ("CDNSKEY", ["0 3 0 AA=="]),
        ("DHCID", ["AAIBY2/AuCccgoJbsaxcQc9TUapptP69lOjxfNuVAA2kjEA="]),
        ("NSEC3", ["1 1 12 aabbccdd 2vptu5timamqttgl4luu9kg21e0aor3s A RRSIG"]),
        ("NSEC3PARAM", ["1 0 12 aabbccdd"]),
        ("TLSA", ["3 1 1 \(longDigest)"]),
        ("SMIMEA", ["3 0 0 \(longDigest)"]),
        ("HIP", ["2 200100107B1A74DF365639CC39F1D578 \(key) rvs1.zoo.test. rvs2.zoo.test."]),
        ("TALINK", ["a.zoo.test. b.zoo.test."]),
        ("OPENPGPKEY", [key]),
        ("CSYNC", ["66 3 A NS AAAA"]),
        ("NID", ["10 0014:4fff:ff20:ee64"]),
        ("L32", ["10 10.1.2.0"]),
        ("L64", ["10 2001:0db8:1140:1000"]),
        ("LP", ["10 l64.zoo.test."]),
        ("EUI48", ["00-00-5e-00-53-2a"]),
        ("EUI64", ["00-00-5e-ef-10-00-00-2a"]),
        ("URI", ["10 1 \"ftp://ftp.zoo.test/public\""]),
        ("WKS", ["192.0.2.1 tcp smtp domain"]),
        ("TYPE65280", ["\\# 4 0A000001", "\\# 0"]),
        ("ZONEMD", ["2026112101 1 1 \(digest)\(digest)0000000000000000"]),
    ]
}
