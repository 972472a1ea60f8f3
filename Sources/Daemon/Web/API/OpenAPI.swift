import Hummingbird

/// The API in words that programs understand, OpenAPI 3.1.
enum OpenAPI {
    static var response: Response {
        Response(
            status: .ok, headers: [.contentType: "application/json"],
            body: ResponseBody(byteBuffer: ByteBuffer(bytes: PackageResources.openapi_json)))
    }
}
