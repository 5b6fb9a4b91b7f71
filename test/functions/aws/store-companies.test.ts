// Companies' gates over the real SDK client and the embedded DynamoDB.
import { CreateTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { dynamoClient } from '../../../functions/aws/dynamo-client.ts';
import { awsStore } from '../../../functions/aws/store.ts';
import { createTableInput } from '../../../functions/aws/table.ts';
import { startDynamo } from '../../../infra/local/dynamo.ts';
import { epochMs } from '../../../shared/domain/instant.ts';
import { companiesContract } from '../../support/companies.contract.ts';
import { AT } from '../../support/store-samples.ts';

const NAME = 'relance-test';
const credentials = { accessKeyId: 'local', secretAccessKey: 'local' };

companiesContract(async () => {
  const dynamo = await startDynamo({ now: () => epochMs(AT) });
  const place = {
    region: 'us-east-1',
    connection: { endpoints: { dynamodb: dynamo.endpoint }, credentials },
  };
  const raw = new DynamoDBClient({ region: 'us-east-1', endpoint: dynamo.endpoint, credentials });
  await raw.send(new CreateTableCommand(createTableInput(NAME)));
  return {
    store: awsStore({ name: NAME, client: () => dynamoClient(place) }),
    close: async () => {
      dynamoClient(place).destroy();
      raw.destroy();
      await dynamo.close();
    },
  };
});
