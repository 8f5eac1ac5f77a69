namespace MlOps.Tracking;

/// <summary>Why a store refused; each is a code of MLflow's.</summary>
public enum TrackingError
{
    /// <summary><c>INVALID_PARAMETER_VALUE</c>, HTTP 400.</summary>
    InvalidParameterValue,

    /// <summary><c>RESOURCE_ALREADY_EXISTS</c>, HTTP 400.</summary>
    ResourceAlreadyExists,

    /// <summary><c>RESOURCE_DOES_NOT_EXIST</c>, HTTP 404.</summary>
    ResourceDoesNotExist,

    /// <summary><c>BAD_REQUEST</c>, HTTP 400.</summary>
    BadRequest,

    /// <summary><c>UNAUTHENTICATED</c>, HTTP 401.</summary>
    Unauthenticated,

    /// <summary><c>PERMISSION_DENIED</c>, HTTP 403.</summary>
    PermissionDenied,

    /// <summary><c>ENDPOINT_NOT_FOUND</c>, HTTP 404.</summary>
    EndpointNotFound,

    /// <summary><c>RESOURCE_CONFLICT</c>, HTTP 409.</summary>
    ResourceConflict,

    /// <summary><c>REQUEST_LIMIT_EXCEEDED</c>, HTTP 429.</summary>
    RequestLimitExceeded,

    /// <summary><c>INTERNAL_ERROR</c>, HTTP 500.</summary>
    InternalError,

    /// <summary><c>TEMPORARILY_UNAVAILABLE</c>, HTTP 503: the store is locked, full or not reachable; nothing was written.</summary>
    TemporarilyUnavailable,
}
