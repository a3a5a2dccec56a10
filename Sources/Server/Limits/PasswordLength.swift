import Ground

/// How long a password can be, in characters, as Appwrite counts them.
enum PasswordLength {
    private static let possible = 8...256

    static func isPossible(_ password: Secret) -> Bool {
        possible.contains(password.revealed.unicodeScalars.count)
    }
}
