using System.Diagnostics.CodeAnalysis;

namespace Fairway.Bgp.Wire;

/// <summary>Bytes that end the session: the NOTIFICATION to send and the reason for people (RFC 7606 §2 "session reset").</summary>
public sealed record DecodeError(NotificationMessage Notification, string Reason);

/// <summary>What decoding gave: a value or an error. <c>default</c> is not a legal result.</summary>
public readonly record struct Decoded<T>
    where T : notnull
{
    private Decoded(T? value, DecodeError? error)
    {
        Value = value;
        Error = error;
    }

    public T? Value { get; }

    public DecodeError? Error { get; }

    [MemberNotNullWhen(true, nameof(Value))]
    [MemberNotNullWhen(false, nameof(Error))]
    public bool IsOk => Error is null;

    public static implicit operator Decoded<T>(T value) => new(value, null);

    public static implicit operator Decoded<T>(DecodeError error) => new(default, error);
}
