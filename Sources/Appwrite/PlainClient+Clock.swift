package import FoundationEssentials
import HTTPTypes

extension PlainClient {
    /// What Appwrite's clock says, to the second (RFC 9110 §6.6.1); nil where no answer says it.
    package func clock() async throws(AppwriteFailure) -> Date? {
        guard let text = try await wire.fields(of: Call(.get, "/health/version"))[.date] else { return nil }
        return Self.moment(text)
    }

    /// `Sun, 06 Nov 1994 08:49:37 GMT`, spelled as Appwrite's own times are.
    private static func moment(_ text: String) -> Date? {
        let months = [
            "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
        ]
        let parts = text.split(separator: " ")
        guard parts.count == 6, parts[5] == "GMT", let month = months.firstIndex(of: String(parts[2])) else {
            return nil
        }
        let number = month < 9 ? "0\(month + 1)" : "\(month + 1)"
        return Timestamp("\(parts[3])-\(number)-\(parts[1])T\(parts[4]).000+00:00")?.date
    }
}
