/// How many there are of something, for people.
enum Count {
    /// `1 page`, `2 pages`.
    static func of(_ count: Int, _ one: String, _ several: String) -> String {
        "\(count) \(count == 1 ? one : several)"
    }
}
