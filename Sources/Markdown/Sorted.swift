extension RandomAccessCollection where Index == Int {
    /// The first place whose element does not stand before something, of elements of which those that do come first.
    ///
    /// Costs O(log count).
    func firstIndex(behind isBefore: (Element) -> Bool) -> Int {
        var (low, high) = (startIndex, endIndex)
        while low < high {
            let middle = (low + high) / 2
            if isBefore(self[middle]) { low = middle + 1 } else { high = middle }
        }
        return low
    }
}
