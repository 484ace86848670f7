using System;
using System.IO;
using System.Net.Http;
using Tiny.Adaptation.Storage;
using Tiny.Core;
using Tiny.Updating;

namespace UpdateModel
{
    /// <summary>Asks a server for a newer model once, and switches to it if it is signed and does no worse.</summary>
    public static class Program
    {
        private const string Address = "http://192.168.1.10:8080/gestures.signed";
        private const string Key = "I:\\update.key";
        private static readonly string[] Results = { "taken", "damaged or forged", "not newer", "too large", "refused by the flash",
            "not as written", "of another shape", "worse" };

        public static void Main()
        {
            byte[] factory = GestureModel.Blob();
            Network network = Network.FromBlob(factory);
            ExampleTrial remembered = new ExampleTrial(Remembered.Samples(), Remembered.Labels(), network.Outputs);
            ModelUpdater updater = new ModelUpdater(
                network, factory, new FileStorage("I:\\", "model", 2048), File.ReadAllBytes(Key), remembered);
            updater.Load();
            Tell(updater, network, remembered);
            try
            {
                UpdateResult result = updater.Offer(Download(updater.Buffer));
                Console.WriteLine("server's model: " + Results[(int)result]
                    + (result == UpdateResult.BadPackage ? ", fault " + (int)updater.LastFault : ""));
            }
            catch (Exception error)
            {
                Console.WriteLine("no answer: " + error.Message);
            }

            Tell(updater, network, remembered);
        }

        private static void Tell(ModelUpdater updater, Network network, ExampleTrial trial) => Console.WriteLine(
            "model of generation " + updater.Generation + ", " + trial.Score(network) + " of " + Remembered.Labels().Length + " right");

        /// <summary>Bytes that came. What does not fit is left out, and then the length is wrong.</summary>
        private static int Download(byte[] buffer)
        {
            using (HttpClient client = new HttpClient())
            using (Stream answer = client.GetStream(Address))
            {
                int count = 0;
                for (int read = -1; read != 0; count += read)
                {
                    read = answer.Read(buffer, count, buffer.Length - count);
                }

                return count;
            }
        }
    }
}
