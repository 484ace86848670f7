using Tiny.Emulator.Execution;
using static Tiny.Emulator.Natives.Results;

namespace Tiny.Emulator.Natives;

/// <summary>
/// System.Net.Http: what a server gives to a GET, as a stream that is there at once, as nanoFramework's own client has read it whole
/// before it gives it out.
/// </summary>
internal static class HttpNatives
{
    private const string Http = "System.Net.Http.";

    internal static void AddTo(Dictionary<string, Native> table)
    {
        table[Http + "HttpClient..ctor()"] = (_, _, _, _) => { };
        table[Http + "HttpMessageInvoker.Dispose()"] = (_, _, _, _) => { };
        table[Http + "HttpClient.GetStream(System.String)"] = (m, s, f, _) => Result(s, f, Get(m, Text(s[f + 1])));
        table["System.IO.MemoryStream.Read(System.Byte[],System.Int32,System.Int32)"] = (_, s, f, _) =>
            Result(s, f, ((MemoryStream)((DeviceObject)s[f].Ref!).Native!).Read((byte[])s[f + 1].Ref!, s[f + 2].I4, s[f + 3].I4));
    }

    private static DeviceObject Get(Machine machine, string url)
    {
        Func<string, byte[]?> server = machine.Peripherals.Server
            ?? throw new EmulatorException(
            $"The program asks for {url}, but there is no server. Name a folder of what it gives with --server.");
        if (server(url) is not byte[] answer)
        {
            DeviceObject fault = machine.NewStruct(machine.TypeNamed(Http + "HttpRequestException"));
            fault.Native = $"{url}: 404.";
            throw new DeviceFault(fault);
        }

        DeviceObject stream = machine.Heap.NewObject(machine.TypeNamed("System.IO.MemoryStream"));
        stream.Native = new MemoryStream(answer);
        return stream;
    }
}
