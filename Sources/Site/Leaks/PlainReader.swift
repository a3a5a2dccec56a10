/// Tells the words of bytes of whatever kind, as one running text.
enum PlainReader {
    static func read<Listener: WordListener>(
        _ bytes: UnsafeBufferPointer<UInt8>,
        into listener: inout Listener
    ) {
        read(bytes, passingOverNULs: false, into: &listener)
        // Once more as UTF-16, in which pictures keep their titles, reads like ASCII.
        if bytes.contains(0) { read(bytes, passingOverNULs: true, into: &listener) }
    }

    private static func read<Listener: WordListener>(
        _ bytes: UnsafeBufferPointer<UInt8>,
        passingOverNULs: Bool,
        into listener: inout Listener
    ) {
        var words = WordBytes()
        var position = 0
        while true {
            position = words.takeRun(bytes, from: position)
            guard position < bytes.count else { break }
            let byte = bytes[position]
            if byte == 0, passingOverNULs {
                position += 1
                continue
            }
            let punctuation = WordBytes.punctuation(bytes, at: position)
            if punctuation == 0, words.take(byte) {
                position += 1
            } else {
                if let word = words.end() { listener.word(word) }
                position += max(1, punctuation)
            }
        }
        if let word = words.end() { listener.word(word) }
    }
}
