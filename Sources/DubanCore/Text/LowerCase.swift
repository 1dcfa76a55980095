extension String {
  /// The string in lower case: itself where it is ASCII without capitals, as nearly every address is.
  var inLowerCase: String {
    var text = self
    let isLower = text.withUTF8 { bytes in
      bytes.allSatisfy { $0 < 0x80 && !(UInt8(ascii: "A")...UInt8(ascii: "Z")).contains($0) }
    }
    return isLower ? text : lowercased()
  }
}
