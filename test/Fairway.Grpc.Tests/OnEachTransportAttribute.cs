using System.Reflection;
using Xunit.Sdk;

namespace Fairway.Grpc.Tests;

/// <summary>Runs a theory over the Unix socket and over TCP.</summary>
internal sealed class OnEachTransportAttribute : DataAttribute
{
    public override IEnumerable<object[]> GetData(MethodInfo testMethod) => [[Transport.UnixSocket], [Transport.Tcp]];
}
