namespace Fairway.Bgp.Rib;

/// <summary>What one call wrote. <see cref="MorePending"/>: call again once the bytes have gone.</summary>
public readonly record struct WriteResult(int Messages, int Bytes, bool MorePending);
