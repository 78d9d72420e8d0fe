// Put over what the code generator writes once into TokenConnect/Sources/CustomScalars: it never writes it again.
import ApolloAPI
import Foundation

public extension TokenConnect {
  typealias DateTime = Date
}

// RFC 3339 without fractions of a second, which is what this formatter reads unless told otherwise.
private let formatter = ISO8601DateFormatter()

extension Foundation.Date: @retroactive CustomScalarType {
  public init(_jsonValue value: JSONValue) throws {
    guard let text = value as? String, let date = formatter.date(from: text) else {
      throw JSONDecodingError.couldNotConvert(value: value, to: Date.self)
    }
    self = date
  }

  public var _jsonValue: JSONValue { formatter.string(from: self) }
}
