/// What Appwrite takes as a phone number: `+` and 7 to 15 digits, the first of which is not 0 (E.164).
enum PhoneNumber {
    static func isPossible(_ phone: String) -> Bool {
        let digits = phone.utf8.dropFirst()
        return phone.utf8.first == UInt8(ascii: "+") && (7...15).contains(digits.count)
            && digits.first != UInt8(ascii: "0") && digits.allSatisfy { (0x30...0x39).contains($0) }
    }
}
