// 19 digits, too many for an Int: it stays a string.
public extension TokenConnect {
  typealias AccountRange = String
}
