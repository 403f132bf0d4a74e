using System.Collections.Immutable;
using Fairway.Intents.Model;
using Fairway.Net.Options;
using Fairway.Sources.Files.Folding;

namespace Fairway.Sources.Files;

/// <summary>Puts the values of password files into the peers that name them.</summary>
internal static class Passwords
{
    /// <summary>The files that the wishes in force name.</summary>
    public static HashSet<string> PathsOf(FilesInForce inForce) => inForce.Objects.Values
        .SelectMany(kept => kept.Intents)
        .OfType<PeerIntent>()
        .Where(peer => peer.PasswordFile is not null)
        .Select(peer => peer.PasswordFile!.Path)
        .ToHashSet(StringComparer.Ordinal);

    /// <summary>All wishes, by object.</summary>
    public static ImmutableArray<Intent> Fill(FilesInForce inForce, Func<string, SecretValue> secretOf) =>
        [.. inForce.Objects.Values.OrderBy(kept => kept.Id).SelectMany(kept => kept.Intents).Select(intent => Fill(intent, secretOf))];

    private static Intent Fill(Intent intent, Func<string, SecretValue> secretOf) => intent is PeerIntent { PasswordFile: { } file } peer
        ? peer with { Options = peer.Options with { Password = secretOf(file.Path) } }
        : intent;
}
